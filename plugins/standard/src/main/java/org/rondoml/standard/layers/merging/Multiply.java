package org.rondoml.standard.layers.merging;

import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Layer;

/**
 * The product of the inputs:
 *
 * <pre>
 * y    = x_1 · ... · x_n
 * dx_i = dy · product of x_j for all j but i
 * </pre>
 *
 * <p>In keras3 a step that is masked in some inputs is the product of the others; one that is
 * masked in all is 0. In tf1 and tf2 masks leave the values alone. Shapes and masks: as all
 * {@linkplain Merge merging layers}. Source: Keras, {@code keras/src/layers/merging/multiply.py}.
 */
public final class Multiply extends Merge {
  /** The layer of a generation. */
  public Multiply(Semantics semantics) {
    super(semantics);
  }

  @Override
  WhenAllAreMasked whenAllAreMasked() {
    return WhenAllAreMasked.ZEROS;
  }

  @Override
  void merge(List<Vec> x, Vec y) {
    y.copy(x.get(0));
    for (int i = 1; i < x.size(); i++) {
      y.multiply(y, x.get(i));
    }
  }

  @Override
  void gradient(int i, List<Vec> x, Vec dy, Vec dx) {
    dx.copy(dy);
    for (int j = 0; j < x.size(); j++) {
      if (j != i) {
        dx.multiply(dx, x.get(j));
      }
    }
  }

  /** The keys. */
  @Description("The product of the inputs, element by element.")
  public record Config() {}

  /** Brings {@code Multiply}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "Multiply";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new Multiply(semantics);
    }
  }
}
