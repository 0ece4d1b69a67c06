package org.rondoml.standard.activations;

import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Description;

/**
 * The logarithms of {@linkplain Softmax softmax} probabilities, along the last axis:
 *
 * <pre>
 * y_i = x_i - max x - log sum_j exp(x_j - max x)
 * dx  = dy - exp(y) · sum_j dy_j
 * </pre>
 *
 * <p>Source: Keras, {@code keras/src/activations/activations.py}.
 */
public final class LogSoftmax implements Activation {
  @Override
  public void forward(Vec x, Vec y) {
    y.affine(x, 1, -x.max());
    double sum = 0;
    for (int k = 0; k < y.length(); k++) {
      sum += Math.exp(y.get(k));
    }
    y.affine(y, 1, -Math.log(sum));
  }

  @Override
  public void backward(Vec x, Vec y, Vec dy, Vec dx) {
    double sum = dy.sum();
    for (int k = 0; k < y.length(); k++) {
      dx.set(k, dy.get(k) - Math.exp(y.get(k)) * sum);
    }
  }

  @Override
  public boolean gradientNeedsInput() {
    return false;
  }

  @Override
  public boolean isElementWise() {
    return false;
  }

  /** The keys. */
  @Description("Logarithms of softmax probabilities, along the last axis.")
  public record Config() {}

  /** Brings {@code log_softmax}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "log_softmax";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new LogSoftmax();
    }
  }
}
