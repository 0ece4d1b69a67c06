package org.rondoml.rnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.DataException;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerArguments;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.Regularizer;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.core.spi.UnaryLayer;
import org.rondoml.tck.LayerContract;
import org.rondoml.tck.ReferenceKernels;
import org.rondoml.tck.Written;

class TimeDistributedTest extends LayerContract {
  @Override
  protected Layer layer() {
    return Written.layer("TimeDistributed: {layer: {Dense: {units: 3, activation: tanh}}}");
  }

  @Override
  protected List<Shape> inputs() {
    return List.of(Shape.of(4, 2));
  }

  @Test
  void everyStepIsTheLayerItself() {
    LayerRunner all = runner(layer(), Shape.of(4, 2), 2);
    LayerRunner one = runner(Written.layer("Dense: {units: 3, activation: tanh}"), Shape.of(2), 2);
    one.parameterNames().forEach(n -> one.parameter(n).assign(all.parameter("layer/" + n)));
    INDArray x = Nd4j.rand(DataType.DOUBLE, 2, 4, 2);
    INDArray y = all.forward(List.of(x), false, 0).get(0);
    for (int t = 0; t < 4; t++) {
      INDArray step = x.tensorAlongDimension(0, 0, 2);
      for (int sample = 0; sample < 2; sample++) {
        for (int k = 0; k < 2; k++) {
          step.putScalar(sample, k, x.getDouble(sample, t, k));
        }
      }
      INDArray expected = one.forward(List.of(step.dup('c')), false, 0).get(0);
      for (int sample = 0; sample < 2; sample++) {
        for (int k = 0; k < 3; k++) {
          assertEquals(expected.getDouble(sample, k), y.getDouble(sample, t, k), 1e-15);
        }
      }
    }
  }

  /** Steps whose samples depend on one another, each with the batch of a step by itself. */
  @Nested
  class OfNormalization extends LayerContract {
    @Override
    protected Layer layer() {
      return Written.layer("TimeDistributed: {layer: {BatchNormalization: {axis: 1}}}");
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 2, 2));
    }
  }

  private static LayerRunner normalization(Semantics semantics, String keys) {
    return runner(
        Written.component(
            Layer.class,
            "TimeDistributed: {layer: {BatchNormalization: {momentum: 0.5" + keys + "}}}",
            semantics),
        Shape.of(2, 1),
        2);
  }

  /** The steps are {1, 3} and {10, 20}: means 2 and 15, 8.5 of all. */
  @Test
  void averagesOfNormalizationMoveOnceAStepInKeras3() {
    INDArray x = Nd4j.createFromArray(1.0, 10, 3, 20).reshape(2, 2, 1);
    LayerRunner byStep = normalization(Semantics.KERAS3, "");
    INDArray y = byStep.forward(List.of(x), true, 0).get(0);
    assertEquals((0 * 0.5 + 2 * 0.5) * 0.5 + 15 * 0.5, moved(byStep), 1e-15);
    assertEquals(-1 / Math.sqrt(1 + 0.001), y.getDouble(0, 0, 0), 1e-15);
    assertEquals(5 / Math.sqrt(25 + 0.001), y.getDouble(1, 1, 0), 1e-15);

    LayerRunner atOnce = normalization(Semantics.TF2, "");
    atOnce.forward(List.of(x), true, 0);
    assertEquals(8.5 * 0.5, moved(atOnce), 1e-15);
  }

  @Test
  void aMaskLeavesSamplesOutOfTheStatistics() {
    INDArray x = Nd4j.createFromArray(1.0, 10, 3, 20).reshape(2, 2, 1);
    Mask mask = Mask.of(Shape.of(2), 2, new boolean[] {true, true, true, false});
    LayerRunner byStep = normalization(Semantics.KERAS3, "");
    byStep.forward(List.of(x), List.of(mask), true, 0);
    assertEquals((2 / (1 + 5e-8)) * 0.25 + 10 / (1 + 1e-7) * 0.5, moved(byStep), 1e-12);
    LayerRunner atOnce = normalization(Semantics.TF2, "");
    atOnce.forward(List.of(x), List.of(mask), true, 0);
    assertEquals((1.0 + 10 + 3) / 3 * 0.5, moved(atOnce), 1e-15);
  }

  @Test
  void aNormalizationThatIsNotTrainableUsesItsAverages() {
    INDArray x = Nd4j.createFromArray(1.0, 10, 3, 20).reshape(2, 2, 1);
    for (Semantics semantics : List.of(Semantics.KERAS3, Semantics.TF2)) {
      LayerRunner frozen = normalization(semantics, ", trainable: false");
      INDArray y = frozen.forward(List.of(x), true, 0).get(0);
      assertEquals(20 / Math.sqrt(1 + 0.001), y.getDouble(1, 1, 0), 1e-14);
      assertEquals(0, moved(frozen));
    }
  }

  private static double moved(LayerRunner runner) {
    return runner.nextValue("layer/moving_mean").getDouble(0);
  }

  private static LayerRunner runner(Layer layer, Shape input, int batch) {
    return new LayerRunner(
        layer, List.of(input), batch, Precision.FLOAT64, new ReferenceKernels(), 1);
  }

  @Test
  void theMaskOfTheSequenceIsHandedOn() {
    LayerRunner runner = runner(layer(), Shape.of(4, 2), 1);
    Mask mask = Mask.of(Shape.of(4), 1, new boolean[] {true, false, true, false});
    runner.forward(List.of(Nd4j.rand(DataType.DOUBLE, 1, 4, 2)), List.of(mask), false, 0);
    assertEquals(mask, runner.outputMasks().get(0));
  }

  /** Sentences of words: the inner layer has the words' mask. */
  @Test
  void whatAMaskSaysOfTheInsideOfStepsIsTheLayersMask() {
    LayerRunner runner = sentences(Semantics.KERAS3, "SimpleRNN: {units: 2}", 1);
    INDArray x = Nd4j.rand(DataType.DOUBLE, 1, 2, 3, 2);
    INDArray y = runner.forward(List.of(x), List.of(WORDS), false, 0).get(0);
    x.putScalar(new int[] {0, 0, 2, 1}, 100.0);
    assertEquals(y, runner.forward(List.of(x), List.of(WORDS), false, 0).get(0));
    assertEquals(0.0, y.getDouble(0, 1, 0));
  }

  /** tf_keras' compute_mask of the wrapper asks the layer's, Keras 3 has none. */
  @Test
  void whichMaskIsHandedOnDependsOnTheGeneration() {
    Mask sentences = Mask.of(Shape.of(2), 1, new boolean[] {true, false});
    Mask wordsOfTwo =
        Mask.of(
            Shape.of(2, 3),
            2,
            new boolean[] {
              true, true, false, false, false, false, true, false, true, true, true, false
            });
    assertEquals(WORDS, handedOn(Semantics.KERAS3, "SimpleRNN: {units: 2}", WORDS));
    assertEquals(sentences, handedOn(Semantics.TF2, "SimpleRNN: {units: 2}", WORDS));
    assertEquals(
        wordsOfTwo,
        handedOn(Semantics.TF2, "SimpleRNN: {units: 2, return_sequences: true}", wordsOfTwo));
    assertEquals(
        Mask.of(Shape.of(2), 2, new boolean[] {true, false, true, true}),
        handedOn(Semantics.TF1, "SimpleRNN: {units: 2}", wordsOfTwo));
  }

  @Test
  void aLoopRefusesAMaskOfMoreThanSteps() {
    LayerRunner runner = runner(Written.layer("SimpleRNN: {units: 3}"), Shape.of(2, 3), 1);
    assertEquals(
        "layer 'layer': found a mask of shape (2, 3), expected a value for each of 2 steps: a Masking"
            + " layer above this one makes such a mask",
        assertThrows(
                DataException.class,
                () ->
                    runner.forward(
                        List.of(Nd4j.rand(DataType.DOUBLE, 1, 2, 3)), List.of(WORDS), false, 0))
            .getMessage());
  }

  /** A sample of two sentences of three words, of which the first alone has words: two. */
  private static final Mask WORDS =
      Mask.of(Shape.of(2, 3), 1, new boolean[] {true, true, false, false, false, false});

  private static LayerRunner sentences(Semantics semantics, String layer, int samples) {
    return runner(
        Written.component(Layer.class, "TimeDistributed: {layer: {" + layer + "}}", semantics),
        Shape.of(2, 3, 2),
        samples);
  }

  private static @Nullable Mask handedOn(Semantics semantics, String layer, Mask mask) {
    LayerRunner runner = sentences(semantics, layer, mask.samples());
    INDArray x = Nd4j.rand(DataType.DOUBLE, mask.samples(), 2, 3, 2);
    runner.forward(List.of(x), List.of(mask), false, 0);
    return runner.outputMasks().get(0);
  }

  @Test
  void inputsThatDoNotFitAreRefused() {
    Layer states =
        Written.layer("TimeDistributed: {layer: {SimpleRNN: {units: 2, return_state: true}}}");
    assertEquals(
        "SimpleRNN puts out 2 arrays at every step, expected one: leave out return_state",
        String.valueOf(
            assertThrows(
                    ShapeMismatchException.class,
                    () -> states.outputShapes(List.of(Shape.of(2, 3, 2))))
                .getMessage()));
    assertEquals(
        "found 2 inputs, expected one sequence (time, ...)",
        String.valueOf(
            assertThrows(
                    ShapeMismatchException.class,
                    () -> layer().outputShapes(List.of(Shape.of(2, 3), Shape.of(2, 3))))
                .getMessage()));
  }

  /** A layer whose output is penalized. */
  private record Penalized() implements UnaryLayer {
    @Override
    public Shape outputShape(Shape input) {
      return input;
    }

    @Override
    public Optional<Regularizer> activityRegularizer() {
      return Optional.of(
          new Regularizer() {
            @Override
            public double penalty(Memory values) {
              return 0;
            }

            @Override
            public void addGradient(Memory values, double scale, Memory gradient, long offset) {}
          });
    }

    @Override
    public INDArray forward(LayerContext context, INDArray x) {
      return x;
    }

    @Override
    public INDArray backward(LayerContext context, INDArray dy) {
      return dy;
    }
  }

  @Test
  void aPenaltyThatKeras3PassesOverIsRefused() {
    TimeDistributed.Config config =
        new TimeDistributed.Config(
            new org.rondoml.core.spi.Nested<>(
                "Dense", new Penalized(), new LayerArguments(null, true)));
    assertEquals(
        "its layer has an activity_regularizer, which has no effect inside TimeDistributed in"
            + " semantics: keras3; leave it out, or apply the layer itself, if it takes in"
            + " sequences as it is",
        String.valueOf(
            assertThrows(ConfigException.class, () -> new TimeDistributed(config, Semantics.KERAS3))
                .getMessage()));
  }
}
