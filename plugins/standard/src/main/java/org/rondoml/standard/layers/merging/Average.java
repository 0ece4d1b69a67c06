package org.rondoml.standard.layers.merging;

import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Layer;

/**
 * The mean of the inputs:
 *
 * <pre>
 * y    = (x_1 + ... + x_n) / n
 * dx_i = dy / n
 * </pre>
 *
 * <p>Shapes and masks: as all {@linkplain Merge merging layers}. Source: Keras, {@code
 * keras/src/layers/merging/average.py}.
 */
public final class Average extends WeightedSum {
  /** The layer of a generation. */
  public Average(Semantics semantics) {
    super(semantics);
  }

  @Override
  double weight(int i, int count) {
    return 1.0 / count;
  }

  /** The keys. */
  @Description("The mean of the inputs, element by element.")
  public record Config() {}

  /** Brings {@code Average}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "Average";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new Average(semantics);
    }
  }
}
