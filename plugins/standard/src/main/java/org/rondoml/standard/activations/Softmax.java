package org.rondoml.standard.activations;

import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Description;

/**
 * Probabilities that sum to 1, along the last axis:
 *
 * <pre>
 * y_i = exp(x_i - max x) / sum_j exp(x_j - max x)
 * dx  = y · (dy - sum_j dy_j y_j)
 * </pre>
 *
 * <p>Source: Keras, {@code keras/src/activations/activations.py}.
 */
public final class Softmax implements Activation {
  @Override
  public void forward(Vec x, Vec y) {
    y.affine(x, 1, -x.max());
    y.exp(y);
    y.scale(y, 1 / y.sum());
  }

  @Override
  public void backward(Vec x, Vec y, Vec dy, Vec dx) {
    double mean = dy.dot(y);
    dx.affine(dy, 1, -mean).multiply(dx, y);
  }

  @Override
  public boolean gradientNeedsInput() {
    return false;
  }

  @Override
  public Link link() {
    return Link.SOFTMAX;
  }

  /** The keys. */
  @Description("Probabilities that sum to 1: y_i = exp(x_i) / sum_j exp(x_j), along the last axis.")
  public record Config() {}

  /** Brings {@code softmax}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "softmax";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new Softmax();
    }
  }
}
