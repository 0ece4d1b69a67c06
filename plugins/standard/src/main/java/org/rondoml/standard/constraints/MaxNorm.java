package org.rondoml.standard.constraints;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Constraint;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;

/**
 * Keeps norms at most at a value:
 *
 * <pre>
 * w = w · min(norm, max_value) / (norm + 1e-7)
 * </pre>
 *
 * <p>Source: Keras, {@code keras/src/constraints/constraints.py}.
 */
public final class MaxNorm extends NormConstraint {
  private final Config config;

  /** The constraint with its keys. */
  public MaxNorm(Config config) {
    super(config.axis());
    this.config = config;
  }

  @Override
  double factor(double norm) {
    return Math.min(norm, config.maxValue()) / (EPSILON + norm);
  }

  /**
   * The keys.
   *
   * @param maxValue the largest norm
   * @param axis the axes that norms are taken along
   */
  @Description("Keeps norms at most at a value.")
  @Example("MaxNorm: {max_value: 3}")
  public record Config(
      @Description("the largest norm") @Default("2.0") @PositiveOrZero double maxValue,
      @Description("the axis, or a list of axes, that norms are taken along: 0 for each column's")
          @Default("0")
          @NotEmpty
          List<Integer> axis) {
    /** Copies the list. */
    public Config {
      axis = List.copyOf(axis);
    }
  }

  /** Brings {@code MaxNorm}. */
  public static final class Provider implements Constraint.Provider<Config> {
    @Override
    public String id() {
      return "MaxNorm";
    }

    @Override
    public List<String> aliases() {
      return List.of("maxnorm");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Constraint create(Config config, Semantics semantics) {
      return new MaxNorm(config);
    }
  }
}
