package org.rondoml.standard.layers.merging;

import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Layer;

/**
 * The sum of the inputs:
 *
 * <pre>
 * y    = x_1 + ... + x_n
 * dx_i = dy
 * </pre>
 *
 * <p>Shapes and masks: as all {@linkplain Merge merging layers}. Source: Keras, {@code
 * keras/src/layers/merging/add.py}.
 */
public final class Add extends WeightedSum {
  /** The layer of a generation. */
  public Add(Semantics semantics) {
    super(semantics);
  }

  @Override
  double weight(int i, int count) {
    return 1;
  }

  /** The keys. */
  @Description("The sum of the inputs, element by element.")
  public record Config() {}

  /** Brings {@code Add}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "Add";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new Add(semantics);
    }
  }
}
