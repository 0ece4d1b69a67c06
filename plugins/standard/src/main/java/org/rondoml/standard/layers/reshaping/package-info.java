/** Layers that compute nothing, but give their inputs another shape. */
@NullMarked
package org.rondoml.standard.layers.reshaping;

import org.jspecify.annotations.NullMarked;
