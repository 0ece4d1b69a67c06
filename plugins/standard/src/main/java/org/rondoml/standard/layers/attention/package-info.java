/** Layers in which steps of one sequence look at those of another, or of the same. */
@NullMarked
package org.rondoml.standard.layers.attention;

import org.jspecify.annotations.NullMarked;
