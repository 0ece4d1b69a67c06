/** Convolutions of sequences and images. */
@NullMarked
package org.rondoml.standard.layers.convolutional;

import org.jspecify.annotations.NullMarked;
