package org.rondoml.standard.metrics;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Metric;

/**
 * The mean over rows of the {@linkplain org.rondoml.standard.losses.BinaryCrossentropy loss} of the
 * same name.
 *
 * <p>Source: Keras, {@code keras/src/metrics/probabilistic_metrics.py}.
 */
public final class BinaryCrossentropy {
  private BinaryCrossentropy() {}

  /**
   * The keys.
   *
   * @param name the name in the log and the history
   * @param fromLogits whether outputs are logits
   * @param labelSmoothing how far targets are drawn towards 1/2
   */
  @Description("The mean cross-entropy of separate probabilities, for yes-or-no targets.")
  public record Config(
      @Description("the name in the log and the history") @Default("binary_crossentropy")
          String name,
      @Description("whether the outputs are logits rather than probabilities") @Default("false")
          boolean fromLogits,
      @Description("how far targets are drawn towards 1/2, from 0 to 1")
          @Default("0.0")
          @DecimalMin("0")
          @DecimalMax("1")
          double labelSmoothing) {}

  /** Brings {@code BinaryCrossentropy}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "BinaryCrossentropy";
    }

    @Override
    public List<String> aliases() {
      return List.of("bce", "BCE");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new LossMean(
          config.name(),
          new org.rondoml.standard.losses.BinaryCrossentropy(
              new org.rondoml.standard.losses.BinaryCrossentropy.Config(
                  config.fromLogits(), config.labelSmoothing()),
              semantics),
          semantics);
    }
  }
}
