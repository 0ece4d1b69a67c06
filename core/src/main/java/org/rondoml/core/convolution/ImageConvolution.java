package org.rondoml.core.convolution;

import org.rondoml.core.compute.Memory;

/**
 * A convolution of a number of images with a kernel W that is a parameter of a layer: with P the
 * matrix of the images' {@linkplain org.rondoml.core.compute.Patches patches}
 *
 * <pre>
 * Z   = P W + b        or Z += P W
 * dW += Pᵀ dZ
 * dP  = dZ Wᵀ,  dX += scattered dP
 * </pre>
 *
 * <p>Images lie one after the other, channels last; so do the rows of Z, one for each position of
 * the windows, image by image. Offsets count elements.
 */
public interface ImageConvolution {
  /** Computes Z, or adds to it, as the convolution was made. */
  void forward(Memory x, long xOffset, Memory z, long zOffset);

  /** Adds the kernel's gradient, for the images that {@link #forward} was called with. */
  void addKernelGradient(Memory x, long xOffset, Memory dz, long dzOffset);

  /** Adds the gradient of the images. */
  void addInputGradient(Memory dz, long dzOffset, Memory dx, long dxOffset);
}
