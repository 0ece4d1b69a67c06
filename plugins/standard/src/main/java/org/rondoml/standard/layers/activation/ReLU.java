package org.rondoml.standard.layers.activation;

import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Layer;
import org.rondoml.standard.activations.Relu;

/**
 * The rectified linear unit as a layer of its own:
 *
 * <pre>
 * y = max_value                            for x &gt;= max_value
 *     x                                    for threshold &lt; x &lt; max_value
 *     negative_slope · (x - threshold)     otherwise
 * dx = dy · (0, 1 or negative_slope)
 * </pre>
 *
 * <p>Any shape. Masks pass. Source: Keras, {@code keras/src/layers/activations/relu.py}.
 */
public final class ReLU extends ActivationLayer {
  /** The layer with its keys. */
  public ReLU(Config config, Semantics semantics) {
    super(
        new Relu.Provider()
            .create(
                new Relu.Config(config.negativeSlope(), config.maxValue(), config.threshold()),
                semantics));
  }

  /**
   * The keys.
   *
   * @param maxValue the largest value that comes out; null for no limit
   * @param negativeSlope the slope for x below the threshold
   * @param threshold the value of x above which it passes
   */
  @Description("The rectified linear unit as a layer of its own: y = max(x, 0).")
  public record Config(
      @Description("the largest value that comes out; null for no limit") @PositiveOrZero
          @Nullable Double maxValue,
      @Description("the slope for x below the threshold") @Default("0.0") @PositiveOrZero
          double negativeSlope,
      @Description(
              "the value of x above which it passes; below, y is negative_slope * (x - threshold)")
          @Default("0.0")
          @PositiveOrZero
          double threshold) {}

  /** Brings {@code ReLU}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "ReLU";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new ReLU(config, semantics);
    }
  }
}
