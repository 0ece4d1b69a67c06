package org.rondoml.standard.metrics;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Metric;

/**
 * The mean over rows of the {@linkplain org.rondoml.standard.losses.CategoricalCrossentropy loss}
 * of the same name.
 *
 * <p>Source: Keras, {@code keras/src/metrics/probabilistic_metrics.py}.
 */
public final class CategoricalCrossentropy {
  private CategoricalCrossentropy() {}

  /**
   * The keys.
   *
   * @param name the name in the log and the history
   * @param fromLogits whether outputs are logits
   * @param labelSmoothing how far targets are drawn towards the uniform distribution
   * @param axis the axis of the classes
   */
  @Description("The mean cross-entropy of a distribution over classes, for one-hot targets.")
  public record Config(
      @Description("the name in the log and the history") @Default("categorical_crossentropy")
          String name,
      @Description("whether the outputs are logits rather than probabilities") @Default("false")
          boolean fromLogits,
      @Description("how far targets are drawn towards the uniform distribution, from 0 to 1")
          @Default("0.0")
          @DecimalMin("0")
          @DecimalMax("1")
          double labelSmoothing,
      @Description("the axis of the classes, the samples' being 0") @Default("-1") int axis) {}

  /** Brings {@code CategoricalCrossentropy}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "CategoricalCrossentropy";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new LossMean(
          config.name(),
          new org.rondoml.standard.losses.CategoricalCrossentropy(
              new org.rondoml.standard.losses.CategoricalCrossentropy.Config(
                  config.fromLogits(), config.labelSmoothing(), config.axis())),
          semantics);
    }
  }
}
