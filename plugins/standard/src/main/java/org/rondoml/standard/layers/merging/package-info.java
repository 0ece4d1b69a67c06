/** Layers that make one tensor of several. */
@NullMarked
package org.rondoml.standard.layers.merging;

import org.jspecify.annotations.NullMarked;
