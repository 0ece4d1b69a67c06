package org.rondoml.standard.layers.pooling;

import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.convolution.DataFormat;
import org.rondoml.core.spi.LayerContext;

/**
 * The average of all steps or pixels that count, n of them:
 *
 * <pre>
 * y    = sum over t of x_t / n
 * dx_t = dy / n, and 0 where t doesn't count
 * </pre>
 *
 * <p>Where none counts the average is not a number, as Keras has it.
 */
abstract class GlobalAverage extends GlobalPoolingLayer {
  GlobalAverage(int axes, DataFormat format, boolean keepdims) {
    super(axes, format, keepdims);
  }

  private static int counted(Pixels pixels) {
    int counted = 0;
    for (int pixel = 0; pixel < pixels.count(); pixel++) {
      counted += pixels.counts(pixel) ? 1 : 0;
    }
    return counted;
  }

  @Override
  final void forward(LayerContext context, Pixels pixels, Memory y, long at) {
    Vec sum = context.window("y", pixels.row().length());
    sum.writes(y, at).fill(0);
    for (int pixel = 0; pixel < pixels.count(); pixel++) {
      if (pixels.counts(pixel)) {
        sum.add(sum, pixels.get(pixel));
      }
    }
    sum.scale(sum, 1.0 / counted(pixels)).done();
  }

  @Override
  final void backward(
      LayerContext context, Pixels pixels, Memory y, Memory dy, long at, Memory dx) {
    int channels = pixels.row().length();
    double share = 1.0 / counted(pixels);
    Vec given = context.window("dy", channels).reads(dy, at);
    Vec result = context.window("dx", channels);
    for (int pixel = 0; pixel < pixels.count(); pixel++) {
      result.writes(dx, pixels.at(pixel));
      if (pixels.counts(pixel)) {
        result.scale(given, share);
      } else {
        result.fill(0);
      }
      result.done();
    }
  }
}
