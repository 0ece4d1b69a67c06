package org.rondoml.core.convolution;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.PackedProduct;
import org.rondoml.core.compute.Patches;
import org.rondoml.core.compute.Product;
import org.rondoml.core.spi.LayerContext;

/**
 * A convolution with a whole kernel. It goes through the images a few at a time, so many that their
 * product is as fast as one of all, and so few that their patches stay in the cache.
 *
 * <p>The patches of all images are kept for the kernel's gradient if it is asked for; else they are
 * gathered again, which takes time and saves memory. Where the patches are the images themselves,
 * nothing is copied.
 */
public final class Convolution implements ImageConvolution {
  /** The rows from which a product is as fast as with more. */
  private static final int ROWS_AT_ONCE = 128;

  private final LayerContext context;
  private final String kernel;
  private final @Nullable String bias;
  private final Patches patches;
  private final int images;
  private final boolean accumulate;
  private final boolean keeps;
  private final int filters;
  private final int atOnce;
  private final @Nullable Memory gathered;
  private @Nullable Memory gradients;
  private final Part whole;
  private final @Nullable Part rest;

  /**
   * A convolution with memory of its own; to be kept in a plan.
   *
   * @param kernel the name of W, whose last axis has the filters
   * @param bias the name of b, or null for none
   * @param patches what the windows see of an image
   * @param images the number of images
   * @param accumulate whether forward adds to Z
   * @param keeps whether the patches of all images are kept from forward to {@link
   *     #addKernelGradient}, whose dZ must then stay as it is until the next forward pass
   */
  public Convolution(
      LayerContext context,
      String kernel,
      @Nullable String bias,
      Patches patches,
      int images,
      boolean accumulate,
      boolean keeps) {
    this.context = context;
    this.kernel = kernel;
    this.bias = bias;
    this.patches = patches;
    this.images = images;
    this.accumulate = accumulate;
    this.keeps = keeps;
    long[] shape = context.parameter(kernel).array().shape();
    filters = Math.toIntExact(shape[shape.length - 1]);
    atOnce = Math.min(images, (ROWS_AT_ONCE - 1) / patches.count() + 1);
    gathered = patches.areImage() ? null : memory(keeps ? images : atOnce);
    whole = new Part(atOnce);
    rest = images % atOnce == 0 ? null : new Part(images % atOnce);
  }

  /**
   * Memory for the patches of images: zeros at first, and nobody else's, as some of them stay so.
   */
  private Memory memory(int count) {
    return Memory.of(
        Nd4j.create(
            context.precision().dataType(), (long) count * patches.count(), patches.length()));
  }

  @Override
  public void forward(Memory x, long xOffset, Memory z, long zOffset) {
    for (int first = 0; first < images; first += atOnce) {
      part(first).forward(first, x, xOffset, z, zOffset);
    }
  }

  @Override
  public void addKernelGradient(Memory x, long xOffset, Memory dz, long dzOffset) {
    if (!context.trainable()) {
      return;
    }
    if (keeps) {
      Memory kept = gathered == null ? x : gathered;
      long keptOffset = gathered == null ? xOffset : 0;
      context.addOuterProducts(
          kernel, kept, keptOffset, dz, dzOffset, Math.multiplyExact(images, patches.count()));
      return;
    }
    for (int first = 0; first < images; first += atOnce) {
      part(first).addKernelGradient(first, x, xOffset, dz, dzOffset);
    }
  }

  @Override
  public void addInputGradient(Memory dz, long dzOffset, Memory dx, long dxOffset) {
    for (int first = 0; first < images; first += atOnce) {
      part(first).addInputGradient(first, dz, dzOffset, dx, dxOffset);
    }
  }

  private Part part(int first) {
    Part last = rest;
    return last != null && first + atOnce > images ? last : whole;
  }

  private long imageAt(int image) {
    return (long) image * patches.imageLength();
  }

  private long patchesAt(int image) {
    return (long) image * patches.count() * patches.length();
  }

  private long rowsAt(int image) {
    return (long) image * patches.count() * filters;
  }

  /** The products of some images. */
  private final class Part {
    private final int count;
    private final int rows;
    private final PackedProduct product;
    private @Nullable PackedProduct inputGradient;
    private @Nullable Product kernelGradient;

    Part(int count) {
      this.count = count;
      rows = Math.multiplyExact(count, patches.count());
      product =
          bias == null
              ? context.product(kernel, false, rows, accumulate)
              : context.productWithBias(kernel, bias, rows);
    }

    void forward(int first, Memory x, long xOffset, Memory z, long zOffset) {
      if (gathered == null) {
        product.run(x, xOffset + imageAt(first), z, zOffset + rowsAt(first));
        return;
      }
      long at = keeps ? patchesAt(first) : 0;
      gather(first, x, xOffset, gathered, at);
      product.run(gathered, at, z, zOffset + rowsAt(first));
    }

    private void gather(int first, Memory x, long xOffset, Memory to, long at) {
      for (int i = 0; i < count; i++) {
        patches.gather(x, xOffset + imageAt(first + i), to, at + patchesAt(i));
      }
    }

    void addKernelGradient(int first, Memory x, long xOffset, Memory dz, long dzOffset) {
      Product planned = kernelGradient;
      if (planned == null) {
        planned =
            context.product(
                new Gemm(context.precision(), patches.length(), filters, rows, true, false, true));
        kernelGradient = planned;
      }
      Memory dw = context.gradient(kernel);
      if (gathered == null) {
        planned.run(x, xOffset + imageAt(first), dz, dzOffset + rowsAt(first), dw, 0);
        return;
      }
      gather(first, x, xOffset, gathered, 0);
      planned.run(gathered, 0, dz, dzOffset + rowsAt(first), dw, 0);
    }

    void addInputGradient(int first, Memory dz, long dzOffset, Memory dx, long dxOffset) {
      PackedProduct planned = inputGradient;
      if (planned == null) {
        planned = context.product(kernel, true, rows, patches.areImage());
        inputGradient = planned;
      }
      if (patches.areImage()) {
        planned.run(dz, dzOffset + rowsAt(first), dx, dxOffset + imageAt(first));
        return;
      }
      Memory dp = gradients;
      if (dp == null) {
        dp = memory(atOnce);
        gradients = dp;
      }
      planned.run(dz, dzOffset + rowsAt(first), dp, 0);
      for (int i = 0; i < count; i++) {
        patches.scatter(dp, patchesAt(i), dx, dxOffset + imageAt(first + i));
      }
    }
  }
}
