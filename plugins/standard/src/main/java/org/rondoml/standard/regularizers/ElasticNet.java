package org.rondoml.standard.regularizers;

import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Regularizer;

/**
 * A penalty on every element by itself, the sum of its size and its square:
 *
 * <pre>
 * penalty = l1 · sum |x| + l2 · sum x²
 * g       = g + scale · (l1 · sign(x) + 2 · l2 · x)
 * </pre>
 *
 * <p>Keras 3 rounds l1 and l2 to single precision whatever the model's.
 *
 * <p>Source: Keras, {@code keras/src/regularizers/regularizers.py}; tf_keras, {@code
 * regularizers.py}.
 */
abstract class ElasticNet implements Regularizer {
  private static final int PIECE = 1024;

  private final double l1;
  private final double l2;

  ElasticNet(double l1, double l2, Semantics semantics) {
    boolean rounds = semantics == Semantics.KERAS3;
    this.l1 = rounds ? (float) l1 : l1;
    this.l2 = rounds ? (float) l2 : l2;
  }

  @Override
  public final double penalty(Memory values) {
    double sizes = 0;
    double squares = 0;
    Vec x = window(values, 0);
    for (long at = 0; at < values.length(); at += x.length()) {
      x = fits(x, values, at) ? x : window(values, at);
      x.reads(values, at);
      squares += x.dot(x);
      for (int k = 0; k < x.length() && l1 != 0; k++) {
        sizes += Math.abs(x.get(k));
      }
    }
    return l1 * sizes + l2 * squares;
  }

  @Override
  public final void addGradient(Memory values, double scale, Memory gradient, long offset) {
    Vec x = window(values, 0);
    Vec g = window(values, 0);
    for (long at = 0; at < values.length(); at += x.length()) {
      if (!fits(x, values, at)) {
        x = window(values, at);
        g = window(values, at);
      }
      x.reads(values, at);
      g.updates(gradient, offset + at);
      g.addScaled(x, scale * 2 * l2);
      if (l1 != 0) {
        g.combine(g, x, (sum, element) -> sum + scale * l1 * Math.signum(element));
      }
      g.done();
    }
  }

  private static boolean fits(Vec piece, Memory values, long at) {
    return at + piece.length() <= values.length();
  }

  private static Vec window(Memory values, long at) {
    return Vec.window(values.precision(), (int) Math.min(PIECE, values.length() - at));
  }
}
