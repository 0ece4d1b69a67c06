package org.rondoml.standard.layers.activation;

import jakarta.validation.constraints.PositiveOrZero;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Alias;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Layer;
import org.rondoml.standard.activations.LeakyRelu;

/**
 * A rectified linear unit that lets a little through, as a layer of its own:
 *
 * <pre>
 * y  = x for x &gt; 0, else negative_slope · x
 * dx = dy · (1 or negative_slope)
 * </pre>
 *
 * <p>Any shape. Masks pass. Source: Keras, {@code keras/src/layers/activations/leaky_relu.py}.
 */
public final class LeakyReLU extends ActivationLayer {
  /** The layer with its keys. */
  public LeakyReLU(Config config) {
    super(new LeakyRelu(new LeakyRelu.Config(config.negativeSlope())));
  }

  /**
   * The keys.
   *
   * @param negativeSlope the slope for x below 0
   */
  @Description(
      "A rectified linear unit that lets a little through, as a layer of its own: y = x for x > 0,"
          + " else negative_slope * x.")
  public record Config(
      @Description("the slope for x below 0")
          @Default("0.3")
          @Alias(
              value = "alpha",
              in = {Semantics.TF1, Semantics.TF2, Semantics.KERAS3})
          @PositiveOrZero
          double negativeSlope) {}

  /** Brings {@code LeakyReLU}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "LeakyReLU";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new LeakyReLU(config);
    }
  }
}
