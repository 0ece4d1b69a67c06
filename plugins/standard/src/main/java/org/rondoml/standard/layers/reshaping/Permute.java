package org.rondoml.standard.layers.reshaping;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
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
import org.rondoml.standard.layers.Permutation;

/**
 * Puts the axes of samples in another order; the batch axis, which is not counted, stays the first:
 *
 * <pre>
 * dims [2, 1]:  y[i, j] = x[j, i],  dx[j, i] = dy[i, j]
 * </pre>
 *
 * <p>Masks end here. Source: Keras, {@code keras/src/layers/reshaping/permute.py}.
 */
public final class Permute implements UnaryLayer {
  private final List<Integer> dims;

  /** The layer with its keys. */
  public Permute(Config config) {
    dims = config.dims();
  }

  @Override
  public Shape outputShape(Shape input) {
    if (input.rank() != dims.size()) {
      throw new ShapeMismatchException(
          "found inputs of shape "
              + input
              + ", but dims "
              + dims
              + " is an order of "
              + dims.size()
              + " axes: name each of the input's once, from 1 on");
    }
    return new Shape(dims.stream().map(dim -> input.dimension(dim - 1)).toList());
  }

  @Override
  public INDArray forward(LayerContext context, INDArray input) {
    return permutation(context).forward(context, input);
  }

  @Override
  public INDArray backward(LayerContext context, INDArray outputGradient) {
    return permutation(context).backward(context, outputGradient);
  }

  private Permutation permutation(LayerContext context) {
    List<Integer> axes = new ArrayList<>(List.of(0));
    axes.addAll(dims);
    return Permutation.of(context, "permuted", axes.stream().mapToInt(axis -> axis).toArray());
  }

  /**
   * The keys.
   *
   * @param dims for each axis of the output the input's, counted from 1
   */
  @Description("Puts the axes of samples in another order.")
  @Example("Permute: [2, 1]")
  public record Config(
      @Description(
              "for each axis of the output the number of the input's, counted from 1, the batch axis"
                  + " not among them: [2, 1] swaps two axes")
          List<Integer> dims) {
    /** Checks that every axis is there once. */
    public Config {
      dims = List.copyOf(dims);
      if (!dims.stream()
          .sorted()
          .toList()
          .equals(IntStream.rangeClosed(1, dims.size()).boxed().toList())) {
        throw new ConfigException(
            "dims",
            "found " + dims + ", expected each of the numbers 1 to " + dims.size() + " once");
      }
    }
  }

  /** Brings {@code Permute}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "Permute";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new Permute(config);
    }
  }
}
