/** Layers that make one step or pixel of several: the largest, or the average. */
@NullMarked
package org.rondoml.standard.layers.pooling;

import org.jspecify.annotations.NullMarked;
