package org.rondoml.rnn;

import java.util.Optional;
import org.rondoml.core.compute.Curve;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.LayerContext;

/**
 * The slope f' of an activation y = f(x), times two factors p and q: in one pass where the
 * activation has a {@linkplain Activation#curve formula}, step by step for any other.
 */
public interface Slope {
  /** result = f' p q; the result may be y. */
  void gradient(Vec x, Vec y, Vec p, Vec q, Vec result);

  /** result = sum + f' p q; the result is none of the others. */
  void addGradient(Vec sum, Vec x, Vec y, Vec p, Vec q, Vec result);

  /** The slope of an activation, with what memory it takes for vectors of a length. */
  static Slope of(Activation activation, LayerContext context, int length) {
    Optional<Curve> curve = activation.curve();
    if (curve.isPresent()) {
      return new OfCurve(curve.get());
    }
    return new OfAny(activation, context.vec("dy", length));
  }

  /** In one pass. */
  record OfCurve(Curve f) implements Slope {
    @Override
    public void gradient(Vec x, Vec y, Vec p, Vec q, Vec result) {
      result.gradient(f, y, p, q);
    }

    @Override
    public void addGradient(Vec sum, Vec x, Vec y, Vec p, Vec q, Vec result) {
      result.addGradient(sum, f, y, p, q);
    }
  }

  /** For any activation, even one that is not element-wise. */
  record OfAny(Activation f, Vec dy) implements Slope {
    @Override
    public void gradient(Vec x, Vec y, Vec p, Vec q, Vec result) {
      dy.multiply(p, q);
      f.backward(x, y, dy, dy);
      result.copy(dy);
    }

    @Override
    public void addGradient(Vec sum, Vec x, Vec y, Vec p, Vec q, Vec result) {
      gradient(x, y, p, q, result);
      result.add(sum, result);
    }
  }
}
