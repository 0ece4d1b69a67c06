package org.rondoml.standard.layers.merging;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Product;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.layers.Rows;

/**
 * The dot products of the vectors that two inputs have along an axis each, sample by sample: with
 * the axes moved to the end and all others joined into one,
 *
 * <pre>
 * a_i  = x_1[i] / |x_1[i]|,  b_j = x_2[j] / |x_2[j]|     or x_1[i], x_2[j] where not normalized
 * y_ij = a_i · b_j
 * da_i = sum_j dy_ij b_j,    db_j = sum_i dy_ij a_i
 * </pre>
 *
 * <p>The output has the axes of the first input and those of the second but the two summed over, or
 * shape (1) if none is left. It has no mask. Lengths below 10⁻⁷ count as 10⁻⁷ in keras3, those
 * below 10⁻⁶ as 10⁻⁶ in tf1 and tf2.
 *
 * <p>Source: Keras, {@code keras/src/layers/merging/dot.py}.
 */
public final class Dot implements Layer {
  private final List<Integer> axes;
  private final boolean normalize;
  private final double smallest;

  /** The layer with its keys. */
  public Dot(Config config, Semantics semantics) {
    axes = config.axes();
    normalize = config.normalize();
    smallest = semantics == Semantics.KERAS3 ? 1e-7 : 1e-6;
  }

  @Override
  public List<Shape> outputShapes(List<Shape> inputs) {
    if (inputs.size() != 2) {
      throw new ShapeMismatchException(
          "found "
              + inputs.size()
              + (inputs.size() == 1 ? " input" : " inputs")
              + ", expected two: name them beside the layer, from: [a, b]");
    }
    List<Long> sizes = new ArrayList<>();
    long[] summed = new long[2];
    for (int i = 0; i < 2; i++) {
      Shape input = inputs.get(i);
      int along = axisOf(i, input);
      summed[i] = input.dimension(along);
      for (int axis = 0; axis < input.rank(); axis++) {
        if (axis != along) {
          sizes.add(input.dimension(axis));
        }
      }
    }
    if (summed[0] != summed[1] && summed[0] != Shape.UNKNOWN && summed[1] != Shape.UNKNOWN) {
      throw new ShapeMismatchException(
          "found inputs of shapes "
              + inputs
              + ", whose axes "
              + axes
              + " have sizes "
              + summed[0]
              + " and "
              + summed[1]
              + ": expected the same");
    }
    return List.of(sizes.isEmpty() ? Shape.of(1) : new Shape(sizes));
  }

  /** The axis of a sample of an input. */
  private int axisOf(int i, Shape input) {
    int axis = axes.get(i % axes.size());
    int along = axis < 0 ? input.rank() + axis : axis - 1;
    if (axis == 0 || along < 0 || along >= input.rank()) {
      throw new ShapeMismatchException(
          "found axis "
              + axis
              + " for an input of shape "
              + input
              + ": its axes have the numbers 1 to "
              + input.rank()
              + ", or -1 for the last one and so on; 0 would be the batch");
    }
    return along;
  }

  @Override
  public Cost cost(List<Shape> inputs) {
    Shape a = inputs.get(0);
    Shape b = inputs.get(1);
    Shape output = outputShapes(inputs).get(0);
    if (!a.isKnown() || !b.isKnown()) {
      return new Cost(0, 0, 0);
    }
    long flops = 2 * output.size() * a.dimension(axisOf(0, a));
    return new Cost(flops, flops, output.size() + 2 * (a.size() + b.size()));
  }

  @Override
  public List<INDArray> forward(LayerContext context, List<INDArray> inputs) {
    Pass pass =
        context.plan("pass", Pass.class, () -> new Pass(context, inputs.get(0), inputs.get(1)));
    Memory a = pass.first.forward(context, inputs.get(0));
    Memory b = pass.second.forward(context, inputs.get(1));
    Memory y = context.dense("y", pass.output);
    for (int sample = 0; sample < pass.samples; sample++) {
      pass.product.run(
          a, sample * pass.first.size(), b, sample * pass.second.size(), y, sample * pass.size);
    }
    return List.of(pass.output);
  }

  @Override
  public List<INDArray> backward(LayerContext context, List<INDArray> outputGradients) {
    Pass pass =
        context.plan(
            "pass",
            Pass.class,
            () -> {
              throw new IllegalStateException("backward before forward");
            });
    Memory dy = pass.gradient(context, outputGradients.get(0));
    Memory da = pass.first.gradient(context);
    Memory db = pass.second.gradient(context);
    for (int sample = 0; sample < pass.samples; sample++) {
      long atA = sample * pass.first.size();
      long atB = sample * pass.second.size();
      long atY = sample * pass.size;
      pass.toFirst.run(dy, atY, pass.second.vectors(), atB, da, atA);
      pass.toSecond.run(dy, atY, pass.first.vectors(), atA, db, atB);
    }
    return List.of(pass.first.backward(context), pass.second.backward(context));
  }

  /** The vectors, the products and the output, for one number of samples. */
  private final class Pass {
    private final int samples;
    private final DotVectors first;
    private final DotVectors second;
    private final INDArray output;
    private final long size;
    private final Product product;
    private final Product toFirst;
    private final Product toSecond;

    Pass(LayerContext context, INDArray x1, INDArray x2) {
      samples = Math.toIntExact(x1.size(0));
      first = new DotVectors("a", x1, axis(0, x1), normalize ? smallest : 0);
      second = new DotVectors("b", x2, axis(1, x2), normalize ? smallest : 0);
      int m = first.count();
      int n = second.count();
      int k = first.length();
      size = (long) m * n;
      output =
          context.scratch(
              "y", outputShapes(List.of(first.shape(), second.shape())).get(0).withBatch(samples));
      product = context.product(new Gemm(context.precision(), m, n, k, false, true, false));
      toFirst = context.product(new Gemm(context.precision(), m, k, n, false, false, false));
      toSecond = context.product(new Gemm(context.precision(), n, k, m, true, false, false));
    }

    private int axis(int i, INDArray input) {
      return 1 + axisOf(i, Rows.sampleShape(input));
    }

    Memory gradient(LayerContext context, INDArray outputGradient) {
      return context.dense("dy", Rows.rowMajor(context, "dy", outputGradient));
    }
  }

  /**
   * The keys.
   *
   * @param axes the axis of each input that is summed over, or one for both
   * @param normalize whether the vectors are brought to length 1 before
   */
  @Description("The dot products of the vectors that two inputs have along an axis each.")
  @Example("Dot: {axes: 1}")
  public record Config(
      @Description(
              "the axis that is summed over, or a list of two, one for each input; counted from 1"
                  + " without the batch axis, or from the end: -1 is the last")
          List<Integer> axes,
      @Description(
              "whether the vectors are brought to length 1 before, so that the result is the cosine"
                  + " of the angle between them")
          @Default("false")
          boolean normalize) {
    /** Checks the number of axes. */
    public Config {
      axes = List.copyOf(axes);
      if (axes.size() != 1 && axes.size() != 2) {
        throw new ConfigException(
            "axes", "found " + axes + ", expected one axis, or a list of two, one for each input");
      }
    }
  }

  /** Brings {@code Dot}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "Dot";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new Dot(config, semantics);
    }
  }
}
