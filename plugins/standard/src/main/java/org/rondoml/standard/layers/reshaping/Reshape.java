package org.rondoml.standard.layers.reshaping;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.core.spi.UnaryLayer;
import org.rondoml.standard.layers.Reshaping;

/**
 * Gives samples another shape; the elements stay in row-major order. One size may be -1: what is
 * left. The gradient gets the input's shape in the same way. Masks end here.
 *
 * <p>Source: Keras, {@code keras/src/layers/reshaping/reshape.py}.
 *
 * <pre>
 * y  = the elements of x, row-major, in the target shape
 * dx = dy in the shape of x
 * </pre>
 */
public final class Reshape implements UnaryLayer {
  private static final int REST = -1;

  private final List<Integer> target;

  /** The layer with its keys. */
  public Reshape(Config config) {
    target = config.targetShape();
  }

  @Override
  public Shape outputShape(Shape input) {
    long known =
        target.stream()
            .filter(size -> size != REST)
            .mapToLong(size -> size)
            .reduce(1, Math::multiplyExact);
    boolean hasRest = target.contains(REST);
    if (input.isKnown() && (hasRest ? input.size() % known != 0 : input.size() != known)) {
      throw new ShapeMismatchException(
          "found inputs of shape "
              + input
              + ", which have "
              + input.size()
              + " elements, but target_shape "
              + target
              + (hasRest ? " takes a multiple of " : " takes ")
              + known
              + (hasRest ? "" : ": write -1 for one of its sizes to have it fit"));
    }
    List<Long> sizes = new ArrayList<>();
    for (int size : target) {
      sizes.add(size != REST ? size : input.isKnown() ? input.size() / known : Shape.UNKNOWN);
    }
    return new Shape(sizes);
  }

  @Override
  public INDArray forward(LayerContext context, INDArray input) {
    long[] shape = new long[target.size() + 1];
    shape[0] = input.size(0);
    for (int axis = 1; axis < shape.length; axis++) {
      shape[axis] = target.get(axis - 1);
    }
    return Reshaping.of(context, "reshaped").forward(context, input, shape);
  }

  @Override
  public INDArray backward(LayerContext context, INDArray outputGradient) {
    return Reshaping.of(context, "reshaped").backward(context, outputGradient);
  }

  /**
   * The keys.
   *
   * @param targetShape the sizes of the axes
   */
  @Description("Gives samples another shape; the elements stay in row-major order.")
  @Example("Reshape: [14, 56]")
  public record Config(
      @Description(
              "the sizes of a sample's axes without the batch axis; one of them may be -1, for what"
                  + " is left")
          List<Integer> targetShape) {
    /** Checks the sizes. */
    public Config {
      targetShape = List.copyOf(targetShape);
      if (targetShape.stream().anyMatch(size -> size < 1 && size != REST)) {
        throw new ConfigException(
            "target_shape",
            "found " + targetShape + ", expected sizes of 1 and more, or -1 for what is left");
      }
      if (targetShape.stream().filter(size -> size == REST).count() > 1) {
        throw new ConfigException(
            "target_shape",
            "found " + targetShape + ": only one size may be -1, as it stands for what is left");
      }
    }
  }

  /** Brings {@code Reshape}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "Reshape";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new Reshape(config);
    }
  }
}
