package org.rondoml.standard.activations;

import java.util.Optional;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Curve;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Description;

/**
 * The hyperbolic tangent: y = tanh(x), dx = dy · (1 - y²).
 *
 * <p>Source: Keras, {@code keras/src/activations/activations.py}.
 */
public final class Tanh implements Activation {
  @Override
  public void forward(Vec x, Vec y) {
    y.tanh(x);
  }

  @Override
  public void backward(Vec x, Vec y, Vec dy, Vec dx) {
    dx.tanhGradient(y, dy);
  }

  @Override
  public boolean gradientNeedsInput() {
    return false;
  }

  @Override
  public Optional<Curve> curve() {
    return Optional.of(new Curve.Tanh());
  }

  /** The keys. */
  @Description("The hyperbolic tangent: y = tanh(x).")
  public record Config() {}

  /** Brings {@code tanh}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "tanh";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new Tanh();
    }
  }
}
