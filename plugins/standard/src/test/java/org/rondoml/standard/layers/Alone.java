package org.rondoml.standard.layers;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.Shape;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Mask;
import org.rondoml.tck.ReferenceKernels;

/** A layer by itself, in double precision. */
public final class Alone {
  private final LayerRunner runner;
  private final List<INDArray> inputs;

  private Alone(Layer layer, List<INDArray> inputs) {
    this.inputs = inputs;
    runner =
        new LayerRunner(
            layer,
            inputs.stream().map(Rows::sampleShape).toList(),
            (int) inputs.get(0).size(0),
            Precision.FLOAT64,
            new ReferenceKernels(),
            1);
  }

  public static Alone of(Layer layer, INDArray... inputs) {
    return new Alone(layer, List.of(inputs));
  }

  public static INDArray array(double[] values, long... shape) {
    return Nd4j.createFromArray(values).reshape('c', shape);
  }

  public static INDArray ones(long... shape) {
    return Nd4j.ones(Precision.FLOAT64.dataType(), shape);
  }

  /** The mask of one sample's steps. */
  public static Mask mask(boolean... valid) {
    return Mask.of(Shape.of(valid.length), 1, valid);
  }

  public LayerRunner runner() {
    return runner;
  }

  public Alone set(String parameter, double... values) {
    INDArray array = runner.parameter(parameter);
    array.assign(Nd4j.createFromArray(values).reshape('c', array.shape()));
    return this;
  }

  /** The output in inference, row-major. */
  public double[] infer(@Nullable Mask... masks) {
    return values(runner.forward(inputs, Arrays.asList(masks), false, 0).get(0));
  }

  /** The output in training, row-major. */
  public double[] train(long step, @Nullable Mask... masks) {
    return values(runner.forward(inputs, Arrays.asList(masks), true, step).get(0));
  }

  /** The gradients of the inputs after {@link #train}, from that of the output. */
  public List<double[]> back(INDArray outputGradient) {
    return runner.backward(List.of(outputGradient)).inputs().stream().map(Alone::values).toList();
  }

  /** The mask of the output after the latest pass. */
  public @Nullable Mask outputMask() {
    return runner.outputMasks().get(0);
  }

  public static double[] values(INDArray array) {
    return array.dup('c').data().asDouble();
  }
}
