package org.rondoml.tck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Precision;
import org.rondoml.api.Shape;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Mask;

/**
 * Compares a layer's gradients with finite differences, in double precision. With random weights r
 * of the outputs y the number
 *
 * <pre>
 * L = sum r · y
 * </pre>
 *
 * <p>has the gradient that backward finds when it is handed r, and for each element e of each input
 * and parameter the central difference
 *
 * <pre>
 * (L(e + h) - L(e - h)) / 2h
 * </pre>
 *
 * <p>has to agree with it to 10⁻⁶ of the larger of the two, apart from rounding. Random numbers
 * drawn by the layer are the same at every evaluation.
 */
public final class GradientCheck {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-6;

  /**
   * What the difference of two sums near 1 loses to rounding, divided by the step, and then some.
   */
  private static final double ROUNDING = 1e-9;

  private final Layer layer;
  private final List<Shape> inputs;
  private final List<? extends @Nullable Mask> masks;
  private final long seed;

  /**
   * A check of a layer.
   *
   * @param inputs the shapes of its inputs
   * @param seed decides all random values
   */
  public GradientCheck(Layer layer, List<Shape> inputs, long seed) {
    this(layer, inputs, List.of(), seed);
  }

  /**
   * A check of a layer whose inputs are masked.
   *
   * @param inputs the shapes of its inputs
   * @param masks the inputs' masks, null or absent where all steps count
   * @param seed decides all random values
   */
  public GradientCheck(
      Layer layer, List<Shape> inputs, List<? extends @Nullable Mask> masks, long seed) {
    this.layer = layer;
    this.inputs = List.copyOf(inputs);
    this.masks = masks;
    this.seed = seed;
  }

  /**
   * Checks every parameter and every input with random values.
   *
   * @throws AssertionError where a gradient is wrong: layer, tensor, index, and both values
   */
  public void run(int batchSize) {
    RandomStream random = RandomStream.of(seed);
    List<INDArray> values =
        RandomArrays.normal(inputs, batchSize, Precision.FLOAT64, random.derive("inputs"));
    run(values);
  }

  /**
   * Checks every parameter and every input at given inputs.
   *
   * @param values arrays of shape (batch, ...) in double precision
   * @throws AssertionError where a gradient is wrong: layer, tensor, index, and both values
   */
  public void run(List<INDArray> values) {
    RandomStream random = RandomStream.of(seed);
    int batchSize = Math.toIntExact(values.get(0).size(0));
    LayerRunner runner =
        new LayerRunner(layer, inputs, batchSize, Precision.FLOAT64, new ReferenceKernels(), seed);
    for (String name : runner.parameterNames()) {
      RandomArrays.fill(runner.parameter(name), 0.5, random.derive("parameter").derive(name));
    }
    List<INDArray> arguments = values.stream().map(value -> value.dup('c')).toList();
    List<INDArray> weights = new ArrayList<>();
    for (INDArray output : runner.forward(arguments, masks, true, seed)) {
      INDArray weight = output.ulike();
      RandomArrays.fill(weight, 1, random.derive("weights").derive(weights.size()));
      weights.add(weight);
    }
    LayerRunner.LayerGradients analytic = runner.backward(weights);
    for (int i = 0; i < arguments.size(); i++) {
      compare(runner, arguments, weights, "input " + i, arguments.get(i), analytic.inputs().get(i));
    }
    for (String name : runner.trainedParameterNames()) {
      INDArray gradient = analytic.parameters().get(name);
      if (gradient == null) {
        throw new AssertionError(layerName() + ": no gradient of parameter " + name);
      }
      compare(runner, arguments, weights, "parameter " + name, runner.parameter(name), gradient);
    }
  }

  private void compare(
      LayerRunner runner,
      List<INDArray> arguments,
      List<INDArray> weights,
      String tensor,
      INDArray values,
      INDArray analytic) {
    if (!Arrays.equals(values.shape(), analytic.shape())) {
      throw new AssertionError(
          layerName()
              + ", "
              + tensor
              + ": gradient of shape "
              + Arrays.toString(analytic.shape())
              + ", expected "
              + Arrays.toString(values.shape()));
    }
    for (long i = 0; i < values.length(); i++) {
      double at = values.getDouble(i);
      values.putScalar(i, at + STEP);
      double above = weightedSum(runner, arguments, weights);
      values.putScalar(i, at - STEP);
      double below = weightedSum(runner, arguments, weights);
      values.putScalar(i, at);
      double numeric = (above - below) / (2 * STEP);
      double found = analytic.getDouble(i);
      double scale = Math.max(Math.abs(numeric), Math.abs(found));
      double rounding = ROUNDING * Math.max(1, Math.abs(above));
      if (!(Math.abs(numeric - found) <= TOLERANCE * scale + rounding)) {
        throw new AssertionError(
            layerName()
                + ", "
                + tensor
                + ", element "
                + Arrays.toString(index(i, values.shape()))
                + ": backward gives "
                + found
                + ", the finite difference is "
                + numeric);
      }
    }
  }

  private double weightedSum(LayerRunner runner, List<INDArray> arguments, List<INDArray> weights) {
    List<INDArray> outputs = runner.forward(arguments, masks, true, seed);
    double sum = 0;
    for (int o = 0; o < outputs.size(); o++) {
      for (long i = 0; i < weights.get(o).length(); i++) {
        sum += weights.get(o).getDouble(i) * outputs.get(o).getDouble(i);
      }
    }
    return sum;
  }

  private String layerName() {
    return layer.getClass().getSimpleName();
  }

  private static long[] index(long element, long[] shape) {
    long[] index = new long[shape.length];
    long rest = element;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = rest % shape[axis];
      rest /= shape[axis];
    }
    return index;
  }
}
