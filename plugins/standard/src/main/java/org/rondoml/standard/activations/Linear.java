package org.rondoml.standard.activations;

import java.util.Optional;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Curve;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Description;

/**
 * The identity: y = x, dx = dy. It is also what {@code activation: null} means.
 *
 * <p>Source: Keras, {@code keras/src/activations/activations.py}.
 */
public final class Linear implements Activation {
  @Override
  public void forward(Vec x, Vec y) {
    y.copy(x);
  }

  @Override
  public void backward(Vec x, Vec y, Vec dy, Vec dx) {
    dx.copy(dy);
  }

  @Override
  public boolean gradientNeedsInput() {
    return false;
  }

  @Override
  public boolean isIdentity() {
    return true;
  }

  @Override
  public Optional<Curve> curve() {
    return Optional.of(Curve.ClippedLine.IDENTITY);
  }

  /** The keys. */
  @Description("Returns its input: y = x.")
  public record Config() {}

  /** Brings {@code linear}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "linear";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new Linear();
    }
  }
}
