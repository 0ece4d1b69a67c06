package org.rondoml.standard.layers.pooling;

import org.rondoml.core.compute.Vec;

/** The average of the pixels that are there: padding doesn't count. */
final class AveragePool implements Pool {
  private double share;

  @Override
  public void take(Vec x, Vec y, boolean first) {
    if (first) {
      y.copy(x);
    } else {
      y.add(y, x);
    }
  }

  @Override
  public void end(Vec y, int pixels) {
    y.scale(y, 1.0 / pixels);
  }

  @Override
  public void beginBackward(int pixels) {
    share = 1.0 / pixels;
  }

  @Override
  public void give(Vec x, Vec y, Vec dy, Vec dx) {
    dx.addScaled(dy, share);
  }
}
