package org.rondoml.core.convolution;

import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Patches;
import org.rondoml.core.compute.Product;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.LayerContext;

/**
 * A convolution with some neighbouring columns of a kernel: those of a group of channels, or of a
 * gate. {@link #forward} adds to the same columns of Z.
 *
 * <p>It copies its part of the kernel, and of Z, an image at a time.
 */
public final class ColumnsConvolution implements ImageConvolution {
  private final LayerContext context;
  private final String kernel;
  private final Patches patches;
  private final int images;
  private final int first;
  private final int columns;
  private final int width;

  private final Memory gathered;
  private final Memory gradients;
  private final Memory block;
  private final Memory weights;
  private final Memory weightsGradient;
  private final Product product;
  private final Product kernelGradient;
  private final Product inputGradient;
  private final Vec part;
  private final Vec given;

  /**
   * A convolution with memory of its own; to be kept in a plan.
   *
   * @param kernel the name of W
   * @param patches what the windows see of an image
   * @param images the number of images
   * @param first the first of the kernel's columns
   * @param columns the number of columns
   */
  public ColumnsConvolution(
      LayerContext context, String kernel, Patches patches, int images, int first, int columns) {
    this.context = context;
    this.kernel = kernel;
    this.patches = patches;
    this.images = images;
    this.first = first;
    this.columns = columns;
    long[] shape = context.parameter(kernel).array().shape();
    width = Math.toIntExact(shape[shape.length - 1]);
    int rows = patches.count();
    int length = patches.length();
    gathered = memory(rows, length);
    gradients = memory(rows, length);
    block = memory(rows, columns);
    weights = memory(length, columns);
    weightsGradient = memory(length, columns);
    product = product(rows, columns, length, false, false);
    kernelGradient = product(length, columns, rows, true, false);
    inputGradient = product(rows, length, columns, false, true);
    part = Vec.window(context.precision(), columns);
    given = Vec.window(context.precision(), columns);
  }

  /** Memory of zeros, and nobody else's, as some of them stay so. */
  private Memory memory(int rows, int length) {
    return Memory.of(Nd4j.create(context.precision().dataType(), rows, length));
  }

  private Product product(int m, int n, int k, boolean transposeA, boolean transposeB) {
    return context.product(new Gemm(context.precision(), m, n, k, transposeA, transposeB, false));
  }

  @Override
  public void forward(Memory x, long xOffset, Memory z, long zOffset) {
    read(context.parameter(kernel), 0, patches.length(), weights);
    for (int image = 0; image < images; image++) {
      patches.gather(x, xOffset + imageAt(image), gathered, 0);
      product.run(gathered, 0, weights, 0, block, 0);
      add(block, patches.count(), z, zOffset + rowsAt(image));
    }
  }

  @Override
  public void addKernelGradient(Memory x, long xOffset, Memory dz, long dzOffset) {
    if (!context.trainable()) {
      return;
    }
    for (int image = 0; image < images; image++) {
      patches.gather(x, xOffset + imageAt(image), gathered, 0);
      read(dz, dzOffset + rowsAt(image), patches.count(), block);
      kernelGradient.run(gathered, 0, block, 0, weightsGradient, 0);
      add(weightsGradient, patches.length(), context.gradient(kernel), 0);
    }
  }

  @Override
  public void addInputGradient(Memory dz, long dzOffset, Memory dx, long dxOffset) {
    for (int image = 0; image < images; image++) {
      read(dz, dzOffset + rowsAt(image), patches.count(), block);
      inputGradient.run(block, 0, weights, 0, gradients, 0);
      patches.scatter(gradients, 0, dx, dxOffset + imageAt(image));
    }
  }

  private long imageAt(int image) {
    return (long) image * patches.imageLength();
  }

  private long rowsAt(int image) {
    return (long) image * patches.count() * width;
  }

  /** Copies this part's columns of a matrix. */
  private void read(Memory matrix, long offset, int rows, Memory to) {
    for (int row = 0; row < rows; row++) {
      to.copyFrom(matrix, offset + (long) row * width + first, (long) row * columns, columns);
    }
  }

  /** Adds to this part's columns of a matrix. */
  private void add(Memory from, int rows, Memory matrix, long offset) {
    for (int row = 0; row < rows; row++) {
      part.updates(matrix, offset + (long) row * width + first);
      part.add(part, given.reads(from, (long) row * columns)).done();
    }
  }
}
