/** Layers that bring their inputs to mean 0 and variance 1. */
@NullMarked
package org.rondoml.standard.layers.normalization;

import org.jspecify.annotations.NullMarked;
