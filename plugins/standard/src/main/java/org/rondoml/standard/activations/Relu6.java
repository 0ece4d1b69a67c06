package org.rondoml.standard.activations;

import java.util.Optional;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Curve;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Description;

/**
 * A rectified linear unit capped at 6: y = min(max(x, 0), 6); the slope is 1 inside (0, 6), else 0.
 * Formula: Keras, {@code keras/src/backend/tensorflow/nn.py}.
 */
public final class Relu6 implements Activation {
  @Override
  public void forward(Vec x, Vec y) {
    y.clip(x, 0, 6);
  }

  @Override
  public void backward(Vec x, Vec y, Vec dy, Vec dx) {
    dx.passInside(y, dy, 0, 6, 1);
  }

  @Override
  public boolean gradientNeedsInput() {
    return false;
  }

  @Override
  public Optional<Curve> curve() {
    return Optional.of(new Curve.ClippedLine(1, 0, 0, 6));
  }

  /** The keys. */
  @Description("A rectified linear unit capped at 6: y = min(max(x, 0), 6).")
  public record Config() {}

  /** Brings {@code relu6}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "relu6";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new Relu6();
    }
  }
}
