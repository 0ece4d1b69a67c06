package org.rondoml.standard.regularizers;

import jakarta.validation.constraints.PositiveOrZero;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Regularizer;

/**
 * {@link L1L2} as the function that Keras has under this name, with defaults of its own before
 * Keras 3:
 *
 * <pre>
 * penalty = l1 · sum |x| + l2 · sum x²
 * g       = g + scale · (l1 · sign(x) + 2 · l2 · x)
 * </pre>
 *
 * <p>Source: Keras, {@code keras/src/regularizers/regularizers.py}; tf_keras, {@code
 * regularizers.py}.
 */
public final class L1AndL2 extends ElasticNet {
  /**
   * The regularizer with its keys.
   *
   * @param semantics whose rounding of the keys it has
   */
  public L1AndL2(Config config, Semantics semantics) {
    super(config.l1(), config.l2(), semantics);
  }

  /**
   * The keys.
   *
   * @param l1 what each element's size is multiplied by
   * @param l2 what each element's square is multiplied by
   */
  @Description("A penalty on the sizes and squares of elements: l1 * sum |x| + l2 * sum x^2.")
  @Example("l1_l2: {l1: 1e-5, l2: 1e-4}")
  public record Config(
      @Description("what each element's size is multiplied by")
          @Default(value = "0.0", tf1 = "0.01", tf2 = "0.01")
          @PositiveOrZero
          double l1,
      @Description("what each element's square is multiplied by")
          @Default(value = "0.0", tf1 = "0.01", tf2 = "0.01")
          @PositiveOrZero
          double l2) {
    /** Checks that there is a penalty at all. */
    public Config {
      if (l1 == 0 && l2 == 0) {
        throw new ConfigException(
            "l1", "l1 and l2 are both 0, so nothing is penalized: set one, or leave l1_l2 out");
      }
    }
  }

  /** Brings {@code l1_l2}. */
  public static final class Provider implements Regularizer.Provider<Config> {
    @Override
    public String id() {
      return "l1_l2";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Regularizer create(Config config, Semantics semantics) {
      return new L1AndL2(config, semantics);
    }
  }
}
