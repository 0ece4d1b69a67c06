package org.rondoml.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Precision;
import org.rondoml.api.Shape;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Mask;

/**
 * What every layer has to hold. A layer's test extends this and says how the layer is made and what
 * it is fed; all values are random and the same at every run.
 */
public abstract class LayerContract {
  static final long SEED = 7;
  static final int BATCH = 3;

  /** For subclasses. */
  protected LayerContract() {}

  /** The layer to test. */
  protected abstract Layer layer();

  /** The shapes of the layer's inputs; small, as every element is checked. */
  protected abstract List<Shape> inputs();

  /** Backward agrees with finite differences for every parameter and input. */
  @Test
  public void gradientsAgreeWithFiniteDifferences() {
    for (int batchSize : new int[] {1, 2, 3}) {
      new GradientCheck(layer(), inputs(), SEED + batchSize).run(batchSize);
    }
  }

  /** Outputs have the shapes that were announced. */
  @Test
  public void outputsHaveTheAnnouncedShapes() {
    Layer layer = layer();
    List<INDArray> outputs =
        runner(layer, Precision.FLOAT32).forward(values(Precision.FLOAT32), false, SEED);
    List<Shape> announced = layer.outputShapes(inputs());
    assertEquals(announced.size(), outputs.size(), "number of outputs");
    for (int o = 0; o < outputs.size(); o++) {
      assertArrayEquals(
          announced.get(o).withBatch(BATCH), outputs.get(o).shape(), "shape of output " + o);
    }
  }

  /** The same random stream gives the same bits, whatever was computed before. */
  @Test
  public void theSameStepGivesTheSameBits() {
    LayerRunner runner = runner(layer(), Precision.FLOAT32);
    List<INDArray> values = values(Precision.FLOAT32);
    Pass first = pass(runner, values, SEED);
    List<INDArray> others = values.stream().map(v -> v.mul(-3).addi(1)).toList();
    pass(runner, others, SEED + 1);
    Pass again = pass(runner, values, SEED);
    Pass elsewhere = pass(runner(layer(), Precision.FLOAT32), values, SEED);
    first.assertClose(again, 0, "the same step after another one");
    first.assertClose(elsewhere, 0, "the same step of another runner");
  }

  /** Nothing is drawn at random in inference. */
  @Test
  public void inferenceDrawsNothing() {
    LayerRunner runner = runner(layer(), Precision.FLOAT32);
    List<INDArray> values = values(Precision.FLOAT32);
    assertClose(
        runner.forward(values, false, SEED),
        runner.forward(values, false, SEED + 1),
        0,
        "inference with another random stream: output");
  }

  /** Inputs and output gradients are left as they are. */
  @Test
  public void whatIsHandedInIsLeftAlone() {
    pass(runner(new LeavesAlone(layer()), Precision.FLOAT64), values(Precision.FLOAT64), SEED);
  }

  /** Inputs whose axes lie in another order in memory give the same results. */
  @Test
  public void theOrderOfAxesInMemoryDoesNotMatter() {
    List<INDArray> values = values(Precision.FLOAT64);
    LayerRunner plain = runner(layer(), Precision.FLOAT64);
    LayerRunner timeMajor = runner(new TimeMajor(layer(), true), Precision.FLOAT64);
    LayerRunner mixed = runner(new TimeMajor(layer(), false), Precision.FLOAT64);
    List<INDArray> expected = plain.forward(values, false, SEED);
    assertClose(
        expected, timeMajor.forward(values, false, SEED), 1e-12, "time-major inputs: output");
    if (isRandom(plain, values)) {
      return;
    }
    Pass pass = pass(plain, values, SEED);
    pass.assertClose(pass(timeMajor, values, SEED), 1e-12, "time-major inputs and gradients");
    pass.assertClose(pass(mixed, values, SEED), 1e-12, "time-major inputs");
  }

  /** Both precisions compute the same. */
  @Test
  public void bothPrecisionsAgree() {
    List<INDArray> values = values(Precision.FLOAT32);
    List<INDArray> precise =
        values.stream().map(v -> v.castTo(Precision.FLOAT64.dataType())).toList();
    Pass single = pass(runner(layer(), Precision.FLOAT32), values, SEED);
    Pass twice = pass(runner(layer(), Precision.FLOAT64), precise, SEED);
    single.assertClose(twice, 1e-4, "float32 against float64");
  }

  private static boolean isRandom(LayerRunner runner, List<INDArray> values) {
    List<INDArray> one = runner.forward(values, true, SEED);
    List<INDArray> other = runner.forward(values, true, SEED + 1);
    for (int o = 0; o < one.size(); o++) {
      if (!one.get(o).equalsWithEps(other.get(o), 0)) {
        return true;
      }
    }
    return false;
  }

  final LayerRunner runner(Layer layer, Precision precision) {
    return new LayerRunner(layer, inputs(), BATCH, precision, new ReferenceKernels(), SEED);
  }

  final List<INDArray> values(Precision precision) {
    return RandomArrays.normal(inputs(), BATCH, precision, RandomStream.of(SEED));
  }

  private static Pass pass(LayerRunner runner, List<INDArray> values, long step) {
    return pass(runner, values, List.of(), step);
  }

  static Pass pass(LayerRunner runner, List<INDArray> values, List<Mask> masks, long step) {
    List<INDArray> outputs = runner.forward(values, masks, true, step);
    List<INDArray> weights = new ArrayList<>();
    for (INDArray output : outputs) {
      INDArray weight = output.ulike();
      RandomArrays.fill(weight, 1, RandomStream.of(SEED).derive(weights.size()));
      weights.add(weight);
    }
    LayerRunner.LayerGradients gradients = runner.backward(weights);
    return new Pass(outputs, gradients.inputs(), gradients.parameters());
  }

  record Pass(List<INDArray> outputs, List<INDArray> inputs, Map<String, INDArray> parameters) {
    void assertClose(Pass other, double tolerance, String what) {
      LayerContract.assertClose(outputs, other.outputs, tolerance, what + ": output");
      LayerContract.assertClose(inputs, other.inputs, tolerance, what + ": gradient of input");
      LayerContract.assertClose(
          List.copyOf(parameters.values()),
          List.copyOf(other.parameters.values()),
          tolerance,
          what + ": gradient of parameter");
    }
  }

  private static void assertClose(
      List<INDArray> expected, List<INDArray> found, double tolerance, String what) {
    assertEquals(expected.size(), found.size(), what);
    for (int a = 0; a < expected.size(); a++) {
      double scale = Math.max(1, expected.get(a).amaxNumber().doubleValue());
      assertArrayEquals(
          expected.get(a).dup('c').data().asDouble(),
          found.get(a).dup('c').data().asDouble(),
          tolerance * scale,
          what + " " + a);
    }
  }
}
