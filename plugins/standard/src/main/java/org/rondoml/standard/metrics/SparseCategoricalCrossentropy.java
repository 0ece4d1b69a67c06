package org.rondoml.standard.metrics;

import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Metric;

/**
 * The mean over rows of the {@linkplain org.rondoml.standard.losses.SparseCategoricalCrossentropy
 * loss} of the same name.
 *
 * <p>Source: Keras, {@code keras/src/metrics/probabilistic_metrics.py}.
 */
public final class SparseCategoricalCrossentropy {
  private SparseCategoricalCrossentropy() {}

  /**
   * The keys.
   *
   * @param name the name in the log and the history
   * @param fromLogits whether outputs are logits
   * @param ignoreClass the class whose rows don't count; null for none
   * @param axis the axis of the classes
   */
  @Description("The mean cross-entropy of a distribution over classes, for class numbers from 0.")
  public record Config(
      @Description("the name in the log and the history")
          @Default("sparse_categorical_crossentropy")
          String name,
      @Description("whether the outputs are logits rather than probabilities") @Default("false")
          boolean fromLogits,
      @Description("the class whose rows don't count, such as -1 for padding")
          @Nullable Integer ignoreClass,
      @Description("the axis of the classes, which is the last") @Default("-1") int axis) {}

  /** Brings {@code SparseCategoricalCrossentropy}. */
  public static final class Provider implements Metric.Provider<Config> {
    @Override
    public String id() {
      return "SparseCategoricalCrossentropy";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Metric create(Config config, Semantics semantics) {
      return new LossMean(
          config.name(),
          new org.rondoml.standard.losses.SparseCategoricalCrossentropy(
              new org.rondoml.standard.losses.SparseCategoricalCrossentropy.Config(
                  config.fromLogits(), config.ignoreClass(), config.axis()),
              semantics),
          semantics);
    }
  }
}
