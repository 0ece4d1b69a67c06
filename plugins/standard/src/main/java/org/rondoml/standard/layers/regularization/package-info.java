/** Layers that act in training alone: dropout and noise. */
@NullMarked
package org.rondoml.standard.layers.regularization;

import org.jspecify.annotations.NullMarked;
