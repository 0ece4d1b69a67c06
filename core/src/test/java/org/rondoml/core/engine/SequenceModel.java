package org.rondoml.core.engine;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.Shape;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.graph.LayerNode;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.InputLayer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.Padding;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.UnaryLayer;

/**
 * The smallest model of sequences: y = w x at each step, with steps of x = 0 masked if asked for.
 */
final class SequenceModel {
  static final int STEPS = 5;

  private SequenceModel() {}

  record Input(Shape shape) implements InputLayer {}

  /**
   * y = w x, with w = 1/2 at first.
   *
   * @param masks whether the output is masked where x is 0
   */
  record Times(boolean masks) implements UnaryLayer {
    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
      return List.of(
          new ParameterSpec("kernel", Shape.of(1, 1), (shape, random) -> new double[] {0.5}));
    }

    @Override
    public INDArray forward(LayerContext context, INDArray x) {
      INDArray y = context.scratch("y", x.shape());
      context.plan("x", INDArray[].class, () -> new INDArray[1])[0] = x;
      y.assign(x).muli(context.parameter("kernel").array().getDouble(0));
      return y;
    }

    @Override
    public List<@Nullable Mask> outputMasks(LayerContext context, List<INDArray> inputs) {
      if (!masks) {
        return List.of();
      }
      double[] x = inputs.get(0).dup('c').data().asDouble();
      boolean[] valid = new boolean[x.length];
      for (int i = 0; i < x.length; i++) {
        valid[i] = x[i] != 0;
      }
      return Collections.singletonList(Mask.of(Shape.of(STEPS), context.batchSize(), valid));
    }

    @Override
    public INDArray backward(LayerContext context, INDArray dy) {
      INDArray x = context.plan("x", INDArray[].class, () -> new INDArray[1])[0];
      INDArray gradient = context.gradient("kernel").array();
      gradient.addi(x.mul(dy).sumNumber().doubleValue());
      return dy;
    }
  }

  static Graph graph(boolean masks) {
    return Graph.of(
        List.of(
            new LayerNode("x", "Input", new Input(Shape.of(STEPS, 1)), true, List.of()),
            new LayerNode("times", "Times", new Times(masks), true, List.of("x"))),
        List.of());
  }

  /** Sequences of a random length with zeros behind, a number a step. */
  static double[][] x(int samples) {
    RandomStream random = RandomStream.of(3);
    double[][] x = new double[samples][STEPS];
    for (double[] sequence : x) {
      int length = 1 + (int) (random.nextDouble() * STEPS);
      for (int t = 0; t < length; t++) {
        sequence[t] = random.nextGaussian();
      }
    }
    return x;
  }

  static double[][] y(int samples) {
    RandomStream random = RandomStream.of(4);
    double[][] y = new double[samples][STEPS];
    for (double[] sequence : y) {
      Arrays.setAll(sequence, t -> random.nextGaussian());
    }
    return y;
  }

  static SampleData data(
      Graph graph,
      double[][] x,
      double[][] y,
      @Nullable INDArray weights,
      @Nullable Padding padding) {
    Dataset data =
        new Dataset(
            Map.of("x", Nd4j.createFromArray(x).reshape('c', x.length, STEPS, 1)),
            List.of(Nd4j.createFromArray(y).reshape('c', y.length, STEPS, 1)),
            weights,
            "made up",
            Map.of(),
            padding);
    return SampleData.of(data, graph, Precision.FLOAT64);
  }
}
