package org.rondoml.standard.activations;

import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Description;

/**
 * The exponential function: y = exp(x), dx = dy · y.
 *
 * <p>Source: Keras, {@code keras/src/activations/activations.py}.
 */
public final class Exponential implements Activation {
  @Override
  public void forward(Vec x, Vec y) {
    y.exp(x);
  }

  @Override
  public void backward(Vec x, Vec y, Vec dy, Vec dx) {
    dx.multiply(dy, y);
  }

  @Override
  public boolean gradientNeedsInput() {
    return false;
  }

  /** The keys. */
  @Description("The exponential function: y = exp(x).")
  public record Config() {}

  /** Brings {@code exponential}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "exponential";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new Exponential();
    }
  }
}
