package org.rondoml.standard.layers.activation;

import jakarta.validation.constraints.Positive;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Layer;
import org.rondoml.standard.activations.Elu;

/**
 * The exponential linear unit as a layer of its own:
 *
 * <pre>
 * y  = x for x &gt; 0, else alpha · (exp(x) - 1)
 * dx = dy · (1 or y + alpha)
 * </pre>
 *
 * <p>Any shape. Masks pass. Source: Keras, {@code keras/src/layers/activations/elu.py}.
 */
public final class ELU extends ActivationLayer {
  /** The layer with its keys. */
  public ELU(Config config) {
    super(new Elu(new Elu.Config(config.alpha())));
  }

  /**
   * The keys.
   *
   * @param alpha the limit for very negative x is -alpha
   */
  @Description(
      "The exponential linear unit as a layer of its own: y = x for x > 0, else alpha * (exp(x) -"
          + " 1).")
  public record Config(
      @Description("the limit for very negative x is -alpha") @Default("1.0") @Positive
          double alpha) {}

  /** Brings {@code ELU}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "ELU";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new ELU(config);
    }
  }
}
