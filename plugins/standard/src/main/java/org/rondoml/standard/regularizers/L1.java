package org.rondoml.standard.regularizers;

import jakarta.validation.constraints.PositiveOrZero;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Alias;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Regularizer;

/**
 * A penalty on the sizes of elements, which makes them small, and many of them 0:
 *
 * <pre>
 * penalty = l1 · sum |x|
 * g       = g + scale · l1 · sign(x)
 * </pre>
 *
 * <p>Source: Keras, {@code keras/src/regularizers/regularizers.py}.
 */
public final class L1 extends ElasticNet {
  /**
   * The regularizer with its keys.
   *
   * @param semantics whose rounding of the key it has
   */
  public L1(Config config, Semantics semantics) {
    super(config.l1(), 0, semantics);
  }

  /**
   * The keys.
   *
   * @param l1 what each element's size is multiplied by
   */
  @Description("A penalty on the sizes of elements: l1 * sum |x|.")
  @Example("L1: {l1: 1e-5}")
  public record Config(
      @Description("what each element's size is multiplied by")
          @Default("0.01")
          @Alias(
              value = "l",
              in = {Semantics.TF1, Semantics.TF2})
          @PositiveOrZero
          double l1) {}

  /** Brings {@code L1}. */
  public static final class Provider implements Regularizer.Provider<Config> {
    @Override
    public String id() {
      return "L1";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Regularizer create(Config config, Semantics semantics) {
      return new L1(config, semantics);
    }
  }
}
