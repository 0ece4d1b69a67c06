/**
 * What layers share that look at images and sequences through windows: convolutions, pooling,
 * convolutional recurrent layers.
 *
 * <p>{@link org.rondoml.core.convolution.Sliding} is what the keys {@code kernel_size}, {@code
 * strides}, {@code padding} and {@code dilation_rate} say; {@link
 * org.rondoml.core.convolution.Convolution} multiplies what is seen by a kernel.
 */
@NullMarked
package org.rondoml.core.convolution;

import org.jspecify.annotations.NullMarked;
