package org.rondoml.standard.constraints;

import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Constraint;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;

/**
 * Keeps norms at 1:
 *
 * <pre>
 * w = w / (norm + 1e-7)
 * </pre>
 *
 * <p>Source: Keras, {@code keras/src/constraints/constraints.py}.
 */
public final class UnitNorm extends NormConstraint {

  /** The constraint with its keys. */
  public UnitNorm(Config config) {
    super(config.axis());
  }

  @Override
  double factor(double norm) {
    return 1 / (EPSILON + norm);
  }

  /**
   * The keys.
   *
   * @param axis the axes that norms are taken along
   */
  @Description("Keeps norms at 1.")
  public record Config(
      @Description("the axis, or a list of axes, that norms are taken along: 0 for each column's")
          @Default("0")
          @NotEmpty
          List<Integer> axis) {
    /** Copies the list. */
    public Config {
      axis = List.copyOf(axis);
    }
  }

  /** Brings {@code UnitNorm}. */
  public static final class Provider implements Constraint.Provider<Config> {
    @Override
    public String id() {
      return "UnitNorm";
    }

    @Override
    public List<String> aliases() {
      return List.of("unitnorm");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Constraint create(Config config, Semantics semantics) {
      return new UnitNorm(config);
    }
  }
}
