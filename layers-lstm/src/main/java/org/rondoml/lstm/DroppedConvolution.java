package org.rondoml.lstm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Patches;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.convolution.ColumnsConvolution;
import org.rondoml.core.convolution.ImageConvolution;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.LayerContext;

/**
 * A convolution whose gates each see the images through a dropout mask of their own. A sample's
 * images have the same masks at all steps: images lie step by step, a step's in the order of the
 * samples.
 */
final class DroppedConvolution implements ImageConvolution {
  private final LayerContext context;
  private final @Nullable String bias;
  private final double rate;
  private final int samples;
  private final int images;
  private final int pixel;
  private final long imageLength;
  private final long rows;
  private final int width;
  private final List<ColumnsConvolution> gates = new ArrayList<>();
  private final List<Memory> masks = new ArrayList<>();
  private final Memory seen;
  private final Vec in;
  private final Vec mask;
  private final Vec out;

  /**
   * A convolution with memory of its own.
   *
   * @param bias the name of the bias that Z begins with; null where forward adds to Z
   * @param pixel the channels of an image
   * @param filters the columns of a gate
   * @param samples the number of samples
   * @param images the number of images: as many for each sample
   * @param rate the probability of dropping an element
   */
  DroppedConvolution(
      LayerContext context,
      String kernel,
      @Nullable String bias,
      Patches patches,
      int pixel,
      int filters,
      int samples,
      int images,
      double rate) {
    this.context = context;
    this.bias = bias;
    this.rate = rate;
    this.samples = samples;
    this.images = images;
    this.pixel = pixel;
    imageLength = patches.imageLength();
    rows = (long) images * patches.count();
    width = ConvLstm.GATES * filters;
    for (int gate = 0; gate < ConvLstm.GATES; gate++) {
      gates.add(new ColumnsConvolution(context, kernel, patches, images, gate * filters, filters));
      masks.add(memory(samples));
    }
    seen = memory(images);
    in = context.window(kernel + " in", pixel);
    mask = context.window(kernel + " mask", pixel);
    out = context.window(kernel + " out", pixel);
  }

  private Memory memory(int count) {
    return Memory.of(Nd4j.createUninitialized(context.precision().dataType(), count, imageLength));
  }

  /** Draws the masks of a pass. */
  void draw(RandomStream random) {
    for (Memory ofGate : masks) {
      for (long at = 0; at < ofGate.length(); at += pixel) {
        mask.writes(ofGate, at).drop(random, rate, 1 / (1 - rate)).done();
      }
    }
  }

  /** The images as a gate sees them. */
  private void see(int gate, Memory x, long xOffset) {
    for (long at = 0; at < images * imageLength; at += pixel) {
      mask.reads(masks.get(gate), at % (samples * imageLength));
      out.writes(seen, at).multiply(in.reads(x, xOffset + at), mask).done();
    }
  }

  @Override
  public void forward(Memory x, long xOffset, Memory z, long zOffset) {
    if (bias != null) {
      Vec b = context.window("bias", width).reads(context.parameter(bias), 0);
      Vec row = context.window("row of z", width);
      for (long r = 0; r < rows; r++) {
        row.writes(z, zOffset + r * width).copy(b).done();
      }
    }
    for (int gate = 0; gate < gates.size(); gate++) {
      see(gate, x, xOffset);
      gates.get(gate).forward(seen, 0, z, zOffset);
    }
  }

  @Override
  public void addKernelGradient(Memory x, long xOffset, Memory dz, long dzOffset) {
    for (int gate = 0; gate < gates.size(); gate++) {
      see(gate, x, xOffset);
      gates.get(gate).addKernelGradient(seen, 0, dz, dzOffset);
    }
  }

  @Override
  public void addInputGradient(Memory dz, long dzOffset, Memory dx, long dxOffset) {
    for (int gate = 0; gate < gates.size(); gate++) {
      seen.clear();
      gates.get(gate).addInputGradient(dz, dzOffset, seen, 0);
      for (long at = 0; at < images * imageLength; at += pixel) {
        mask.reads(masks.get(gate), at % (samples * imageLength));
        out.updates(dx, dxOffset + at).addProduct(in.reads(seen, at), mask).done();
      }
    }
  }
}
