package org.rondoml.standard.activations;

import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;

/** An element-wise function whose slope is computed from its input. */
abstract class InputDifferentiated implements Activation {
  /** f(x). */
  abstract double value(double x);

  /** f'(x). */
  abstract double slope(double x);

  @Override
  public final void forward(Vec x, Vec y) {
    for (int k = 0; k < x.length(); k++) {
      y.set(k, value(x.get(k)));
    }
  }

  @Override
  public final void backward(Vec x, Vec y, Vec dy, Vec dx) {
    for (int k = 0; k < x.length(); k++) {
      dx.set(k, dy.get(k) * slope(x.get(k)));
    }
  }

  @Override
  public final boolean gradientNeedsInput() {
    return true;
  }
}
