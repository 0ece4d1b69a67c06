package org.rondoml.standard.layers.merging;

import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.ShapeMismatchException;

/**
 * The difference of two inputs:
 *
 * <pre>
 * y    = x_1 - x_2
 * dx_1 = dy
 * dx_2 = -dy
 * </pre>
 *
 * <p>Shapes and masks: as all {@linkplain Merge merging layers}. Source: Keras, {@code
 * keras/src/layers/merging/subtract.py}.
 */
public final class Subtract extends WeightedSum {
  /** The layer of a generation. */
  public Subtract(Semantics semantics) {
    super(semantics);
  }

  @Override
  void checkCount(int count) {
    if (count != 2) {
      throw new ShapeMismatchException(
          "found "
              + count
              + (count == 1 ? " input" : " inputs")
              + ", expected two: name them beside the layer, from: [a, b] for a - b");
    }
  }

  @Override
  double weight(int i, int count) {
    return i == 0 ? 1 : -1;
  }

  /** The keys. */
  @Description("The difference of two inputs, element by element.")
  public record Config() {}

  /** Brings {@code Subtract}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "Subtract";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new Subtract(semantics);
    }
  }
}
