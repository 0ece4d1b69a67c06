package org.rondoml.standard.activations;

import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Curve;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Alias;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;

/**
 * The rectified linear unit: y = max(x, 0), slope 1 for x &gt; 0, else 0.
 *
 * <p>Source: Keras, {@code keras/src/activations/activations.py}.
 */
public final class Relu implements Activation {
  @Override
  public void forward(Vec x, Vec y) {
    y.relu(x);
  }

  @Override
  public void backward(Vec x, Vec y, Vec dy, Vec dx) {
    dx.passInside(y, dy, 0, Double.POSITIVE_INFINITY, 1);
  }

  @Override
  public boolean gradientNeedsInput() {
    return false;
  }

  @Override
  public Optional<Curve> curve() {
    return Optional.of(new Curve.ClippedLine(1, 0, 0, Double.POSITIVE_INFINITY));
  }

  /**
   * The keys; without any, the plain unit.
   *
   * @param negativeSlope the slope for x below the threshold
   * @param maxValue the largest value that comes out; null for no limit
   * @param threshold the value of x from which on it passes
   */
  @Description("The rectified linear unit: y = max(x, 0).")
  public record Config(
      @Description("the slope for x below the threshold")
          @Default("0.0")
          @Alias(
              value = "alpha",
              in = {Semantics.TF1, Semantics.TF2})
          @PositiveOrZero
          double negativeSlope,
      @Description("the largest value that comes out; null for no limit") @Positive
          @Nullable Double maxValue,
      @Description(
              "the value of x above which it passes; below, y is negative_slope * (x - threshold)")
          @Default("0.0")
          @PositiveOrZero
          double threshold) {}

  /** Brings {@code relu}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "relu";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      Double maxValue = config.maxValue();
      if (config.threshold() != 0 || (maxValue != null && maxValue != 6)) {
        return new BentRelu(config, semantics);
      }
      if (config.negativeSlope() == 0) {
        return maxValue == null ? new Relu() : new Relu6();
      }
      return maxValue == null
          ? new LeakyRelu(new LeakyRelu.Config(config.negativeSlope()))
          : new BentRelu(config, semantics);
    }
  }
}
