package org.rondoml.standard.metrics;

import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.Metric;

/**
 * The mean over rows of the cross-entropy that fits the shapes; see the {@linkplain
 * org.rondoml.standard.losses.Crossentropy loss}.
 *
 * <p>Source: Keras, {@code keras/src/metrics/probabilistic_metrics.py}.
 */
public final class Crossentropy {
  private Crossentropy() {}

  /**
   * The keys.
   *
   * @param name the name in the log and the history
   */
  @KnownIn(
      value = {Semantics.TF1, Semantics.TF2},
      cure =
          "write binary_crossentropy, categorical_crossentropy or sparse_categorical_crossentropy")
  @Description(
      "The mean cross-entropy that fits: binary, categorical or sparse, by the shapes of targets"
          + " and outputs.")
  public record Config(
      @Description("the name in the log and the history") @Default("crossentropy") String name) {}

  /** Brings {@code crossentropy}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "crossentropy";
    }

    @Override
    public List<String> aliases() {
      return List.of("ce", "CE");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new LossMean(
          config.name(), new org.rondoml.standard.losses.Crossentropy(semantics), semantics);
    }
  }
}
