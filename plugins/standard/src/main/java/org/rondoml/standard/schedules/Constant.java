package org.rondoml.standard.schedules;

import jakarta.validation.constraints.Positive;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Schedule;

/** The same learning rate at every step: what a bare number means. */
public final class Constant implements Schedule {
  private final double value;

  /** The schedule with its keys. */
  public Constant(Config config) {
    value = config.value();
  }

  @Override
  public double at(long step) {
    return value;
  }

  @Override
  public boolean isConstant() {
    return true;
  }

  /**
   * The keys.
   *
   * @param value the learning rate
   */
  @Description("The same learning rate at every step; a bare number means this.")
  @Example("Constant: 0.01")
  public record Config(@Description("the learning rate") @Positive double value) {}

  /** Brings {@code Constant}. */
  public static final class Provider implements Schedule.Provider<Config> {
    @Override
    public String id() {
      return "Constant";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Schedule create(Config config, Semantics semantics) {
      return new Constant(config);
    }
  }
}
