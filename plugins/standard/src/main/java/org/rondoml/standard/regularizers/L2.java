package org.rondoml.standard.regularizers;

import jakarta.validation.constraints.PositiveOrZero;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Alias;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Regularizer;

/**
 * A penalty on the squares of elements, which makes them small:
 *
 * <pre>
 * penalty = l2 · sum x²
 * g       = g + scale · 2 · l2 · x
 * </pre>
 *
 * <p>Source: Keras, {@code keras/src/regularizers/regularizers.py}.
 */
public final class L2 extends ElasticNet {
  /**
   * The regularizer with its keys.
   *
   * @param semantics whose rounding of the key it has
   */
  public L2(Config config, Semantics semantics) {
    super(0, config.l2(), semantics);
  }

  /**
   * The keys.
   *
   * @param l2 what each element's square is multiplied by
   */
  @Description("A penalty on the squares of elements: l2 * sum x^2.")
  @Example("L2: {l2: 1e-4}")
  public record Config(
      @Description("what each element's square is multiplied by")
          @Default("0.01")
          @Alias(
              value = "l",
              in = {Semantics.TF1, Semantics.TF2})
          @PositiveOrZero
          double l2) {}

  /** Brings {@code L2}. */
  public static final class Provider implements Regularizer.Provider<Config> {
    @Override
    public String id() {
      return "L2";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Regularizer create(Config config, Semantics semantics) {
      return new L2(config, semantics);
    }
  }
}
