package org.rondoml.standard.activations;

import java.util.Optional;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Curve;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Description;

/**
 * A clipped line in place of the sigmoid. Generations of Keras differ in its slope:
 *
 * <ul>
 *   <li>tf1 and tf2: y = clip(0.2 x + 0.5, 0, 1)
 *   <li>keras3: y = clip(x / 6 + 0.5, 0, 1), which Keras writes relu6(x + 3) / 6
 * </ul>
 *
 * <p>The slope at a corner is taken as 0, as Keras 3 does; tf_keras has 0.2 there, in the single
 * points x = ±2.5.
 *
 * <p>Source: Keras, {@code keras/src/backend/tensorflow/nn.py}; tf_keras, {@code
 * tf_keras/src/backend.py}.
 */
public final class HardSigmoid implements Activation {
  private final double slope;

  /**
   * The function of a generation of Keras.
   *
   * @param semantics whose slope it has
   */
  public HardSigmoid(Semantics semantics) {
    slope = semantics == Semantics.KERAS3 ? 1.0 / 6 : 0.2;
  }

  @Override
  public void forward(Vec x, Vec y) {
    y.clippedLine(x, slope, 0.5, 0, 1);
  }

  @Override
  public void backward(Vec x, Vec y, Vec dy, Vec dx) {
    dx.passInside(y, dy, 0, 1, slope);
  }

  @Override
  public boolean gradientNeedsInput() {
    return false;
  }

  @Override
  public Optional<Curve> curve() {
    return Optional.of(new Curve.ClippedLine(slope, 0.5, 0, 1));
  }

  /** The keys. */
  @Description(
      "A line clipped to [0, 1]: clip(x / 6 + 0.5) in keras3, clip(0.2 x + 0.5) in tf1 and tf2.")
  public record Config() {}

  /** Brings {@code hard_sigmoid}. */
  public static final class Provider implements Activation.Provider<Config> {
    @Override
    public String id() {
      return "hard_sigmoid";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Activation create(Config config, Semantics semantics) {
      return new HardSigmoid(semantics);
    }
  }
}
