/** The model as a graph of layers with known shapes, without data and without native code. */
@NullMarked
package org.rondoml.core.graph;

import org.jspecify.annotations.NullMarked;
