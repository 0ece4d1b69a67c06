package org.rondoml.standard.activations;

import java.util.Optional;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Curve;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Description;

/**
 * The logistic function: y = 1 / (1 + exp(-x)), dx = dy · y · (1 - y).
 *
 * <p>Source: Keras, {@code keras/src/activations/activations.py}.
 */
public final class Sigmoid implements Activation {
  @Override
  public void forward(Vec x, Vec y) {
    y.sigmoid(x);
  }

  @Override
  public void backward(Vec x, Vec y, Vec dy, Vec dx) {
    dx.sigmoidGradient(y, dy);
  }

  @Override
  public boolean gradientNeedsInput() {
    return false;
  }

  @Override
  public Link link() {
    return Link.SIGMOID;
  }

  @Override
  public Optional<Curve> curve() {
    return Optional.of(new Curve.Sigmoid());
  }

  /** The keys. */
  @Description("The logistic function: y = 1 / (1 + exp(-x)).")
  public record Config() {}

  /** Brings {@code sigmoid}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "sigmoid";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new Sigmoid();
    }
  }
}
