/** What shows only when a model is looked into: which library computes which layer, and why. */
@NullMarked
package org.rondoml.dsl.inspect;

import org.jspecify.annotations.NullMarked;
