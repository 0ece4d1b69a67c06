package org.rondoml.standard.layers.pooling;

import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.convolution.DataFormat;
import org.rondoml.core.spi.LayerContext;

/**
 * The largest of all steps or pixels:
 *
 * <pre>
 * y  = max over t of x_t
 * dx_t = dy / n where x_t = y, with n such t, else 0
 * </pre>
 */
abstract class GlobalMax extends GlobalPoolingLayer {
  GlobalMax(int axes, DataFormat format, boolean keepdims) {
    super(axes, format, keepdims);
  }

  @Override
  final void forward(LayerContext context, Pixels pixels, Memory y, long at) {
    Vec max = context.window("y", pixels.row().length());
    max.writes(y, at).copy(pixels.get(0));
    for (int pixel = 1; pixel < pixels.count(); pixel++) {
      max.larger(max, pixels.get(pixel));
    }
    max.done();
  }

  @Override
  final void backward(
      LayerContext context, Pixels pixels, Memory y, Memory dy, long at, Memory dx) {
    int channels = pixels.row().length();
    Vec max = context.window("y", channels).reads(y, at);
    Vec isMax = context.vec("is max", channels);
    Vec count = context.vec("count", channels).fill(0);
    for (int pixel = 0; pixel < pixels.count(); pixel++) {
      count.add(count, isMax.equal(pixels.get(pixel), max));
    }
    Vec share = context.vec("share", channels);
    share.divide(context.window("dy", channels).reads(dy, at), count);
    Vec result = context.window("dx", channels);
    for (int pixel = 0; pixel < pixels.count(); pixel++) {
      isMax.equal(pixels.get(pixel), max);
      result.writes(dx, pixels.at(pixel)).multiply(share, isMax).done();
    }
  }
}
