package org.rondoml.standard.layers.core;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.UnaryLayer;

/**
 * Puts out its input: y = x, dx = dy. Any shape. Masks pass in keras3, and end here in tf1 and tf2.
 *
 * <p>Source: Keras, {@code keras/src/layers/core/identity.py}.
 *
 * <pre>
 * y  = x
 * dx = dy
 * </pre>
 */
public final class Identity implements UnaryLayer {
  private final boolean keepsMask;

  /** The layer of a generation. */
  public Identity(Semantics semantics) {
    keepsMask = semantics == Semantics.KERAS3;
  }

  @Override
  public Shape outputShape(Shape input) {
    return input;
  }

  @Override
  public boolean keepsMask() {
    return keepsMask;
  }

  @Override
  public Cost cost(List<Shape> inputs) {
    return new Cost(0, 0, 0);
  }

  @Override
  public INDArray forward(LayerContext context, INDArray input) {
    return input;
  }

  @Override
  public INDArray backward(LayerContext context, INDArray outputGradient) {
    return outputGradient;
  }

  /** The keys. */
  @Description("Puts out its input.")
  public record Config() {}

  /** Brings {@code Identity}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "Identity";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new Identity(semantics);
    }
  }
}
