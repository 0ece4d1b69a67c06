/**
 * Counter-based randomness. A number drawn is a function of (seed, purpose, layer, step, shard), so
 * the same seed gives the same bits whatever the number of threads, and two runs in one JVM don't
 * see each other.
 */
@NullMarked
package org.rondoml.core.random;

import org.jspecify.annotations.NullMarked;
