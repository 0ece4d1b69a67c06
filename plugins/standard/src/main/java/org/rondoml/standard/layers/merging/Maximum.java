package org.rondoml.standard.layers.merging;

import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Layer;

/**
 * The largest of the inputs:
 *
 * <pre>
 * y    = max(x_1, ..., x_n)
 * dx_i = dy where x_i is the first that is y, else 0
 * </pre>
 *
 * <p>In keras3 a step that is masked in some inputs is the largest of the others; one that is
 * masked in all is that of the first input. In tf1 and tf2 masks leave the values alone. Shapes and
 * masks: as all {@linkplain Merge merging layers}. Source: Keras, {@code
 * keras/src/layers/merging/maximum.py}.
 */
public final class Maximum extends Extremum {
  /** The layer of a generation. */
  public Maximum(Semantics semantics) {
    super(semantics);
  }

  @Override
  boolean isBetter(double a, double b) {
    return a > b;
  }

  /** The keys. */
  @Description("The largest of the inputs, element by element.")
  public record Config() {}

  /** Brings {@code Maximum}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "Maximum";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new Maximum(semantics);
    }
  }
}
