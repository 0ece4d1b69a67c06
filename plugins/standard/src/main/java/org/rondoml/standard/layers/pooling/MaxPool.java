package org.rondoml.standard.layers.pooling;

import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.LayerContext;

/** The largest; of equals, the first gets the gradient, as TensorFlow has it. */
final class MaxPool implements Pool {
  private final Vec free;

  MaxPool(LayerContext context, int channels) {
    free = context.vec("free", channels);
  }

  @Override
  public void take(Vec x, Vec y, boolean first) {
    if (first) {
      y.copy(x);
    } else {
      y.larger(y, x);
    }
  }

  @Override
  public void end(Vec y, int pixels) {}

  @Override
  public void beginBackward(int pixels) {
    free.fill(1);
  }

  @Override
  public void give(Vec x, Vec y, Vec dy, Vec dx) {
    dx.addToFirst(x, y, dy, free);
  }
}
