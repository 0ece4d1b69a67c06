package org.rondoml.standard.constraints;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Constraint;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;

/**
 * Keeps norms between two values, or brings them nearer:
 *
 * <pre>
 * desired = rate · clip(norm, min_value, max_value) + (1 - rate) · norm
 * w       = w · desired / (norm + 1e-7)
 * </pre>
 *
 * <p>Source: Keras, {@code keras/src/constraints/constraints.py}.
 */
public final class MinMaxNorm extends NormConstraint {
  private final Config config;

  /** The constraint with its keys. */
  public MinMaxNorm(Config config) {
    super(config.axis());
    this.config = config;
  }

  @Override
  double factor(double norm) {
    return desired(norm) / (EPSILON + norm);
  }

  private double desired(double norm) {
    double inside = Math.min(Math.max(norm, config.minValue()), config.maxValue());
    return config.rate() * inside + (1 - config.rate()) * norm;
  }

  /**
   * The keys.
   *
   * @param minValue the smallest norm
   * @param maxValue the largest norm
   * @param rate how far a norm outside is brought back
   * @param axis the axes that norms are taken along
   */
  @Description("Keeps norms between two values, or brings them nearer.")
  @Example("MinMaxNorm: {min_value: 0.5, max_value: 2}")
  public record Config(
      @Description("the smallest norm") @Default("0.0") @PositiveOrZero double minValue,
      @Description("the largest norm") @Default("1.0") @PositiveOrZero double maxValue,
      @Description("how far a norm outside is brought back: 1 for all the way")
          @Default("1.0")
          @DecimalMin("0")
          @DecimalMax("1")
          double rate,
      @Description("the axis, or a list of axes, that norms are taken along: 0 for each column's")
          @Default("0")
          @NotEmpty
          List<Integer> axis) {
    /** Copies the list and checks the bounds. */
    public Config {
      axis = List.copyOf(axis);
      if (minValue > maxValue) {
        throw new ConfigException(
            "min_value",
            "found " + minValue + ", expected at most max_value, which is " + maxValue);
      }
    }
  }

  /** Brings {@code MinMaxNorm}. */
  public static final class Provider implements Constraint.Provider<Config> {
    @Override
    public String id() {
      return "MinMaxNorm";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Constraint create(Config config, Semantics semantics) {
      return new MinMaxNorm(config);
    }
  }
}
