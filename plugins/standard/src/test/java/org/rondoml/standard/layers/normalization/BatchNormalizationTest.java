package org.rondoml.standard.layers.normalization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.rondoml.standard.layers.Layers.assertRefused;
import static org.rondoml.standard.layers.Layers.assertValues;
import static org.rondoml.standard.layers.Layers.ramp;
import static org.rondoml.standard.layers.Layers.runner;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.spi.Constraint;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.Regularizer;
import org.rondoml.standard.initializers.Ones;
import org.rondoml.standard.layers.Layers;
import org.rondoml.tck.GradientCheck;
import org.rondoml.tck.LayerContract;
import org.rondoml.tck.ReferenceKernels;

class BatchNormalizationTest {
  private static final Mask MASK = Mask.of(Shape.of(2), 2, new boolean[] {true, false, true, true});

  private static Layer of(Map<String, ?> keys, Semantics semantics) {
    return Layers.of("BatchNormalization", keys, semantics);
  }

  private static Layer of(Map<String, ?> keys) {
    return of(keys, Semantics.KERAS3);
  }

  @Nested
  class OfVectors extends LayerContract {
    @Override
    protected Layer layer() {
      return of(Map.of());
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3));
    }
  }

  @Nested
  class OfSequencesAlongTime extends LayerContract {
    @Override
    protected Layer layer() {
      return of(Map.of("axis", 1, "center", false));
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 2));
    }
  }

  /** Bounds so narrow that the corrections are the constants that the gradient takes them for. */
  @Nested
  class WithRenorm extends LayerContract {
    @Override
    protected Layer layer() {
      return of(
          Map.of(
              "renorm", true, "renorm_clipping", Map.of("rmax", 1.25, "rmin", 1.25, "dmax", 1e-9)));
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(4, 2));
    }
  }

  static Stream<Map<String, ?>> variants() {
    return Stream.of(
        Map.of("axis", 1),
        Map.of("axis", -2, "scale", false),
        Map.of("axis", List.of(3), "epsilon", 0.1),
        Map.of("scale", false, "center", false));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void gradientsAgreeWithFiniteDifferences(Map<String, ?> keys) {
    for (Semantics semantics : Semantics.values()) {
      new GradientCheck(of(keys, semantics), List.of(Shape.of(2, 3, 2)), 3).run(2);
    }
  }

  /** More rows than are added up at once. */
  @Test
  void gradientsOfManyRowsAgreeWithFiniteDifferences() {
    new GradientCheck(of(Map.of()), List.of(Shape.of(90, 1)), 3).run(3);
  }

  /** Masked steps are normalized too: they have a gradient, but no say in mean and variance. */
  @ParameterizedTest
  @EnumSource(Semantics.class)
  void gradientsOfMaskedInputsAgreeWithFiniteDifferences(Semantics semantics) {
    for (int axis : new int[] {-1, 1}) {
      Layer layer = of(Map.of("axis", axis, "epsilon", 0.1), semantics);
      Mask mask =
          Mask.of(
              Shape.of(3),
              3,
              new boolean[] {true, false, true, true, true, false, false, true, false});
      new GradientCheck(layer, List.of(Shape.of(3, 2)), List.of(mask), 3).run(3);
    }
  }

  private static LayerRunner prepared(Layer layer, INDArray x) {
    LayerRunner runner = runner(layer, x);
    for (String name : runner.trainedParameterNames()) {
      INDArray parameter = runner.parameter(name);
      parameter.assign(name.equals("gamma") ? ramp(0.5, parameter.shape()).addi(0.5) : ramp(1, 2));
    }
    return runner;
  }

  private static INDArray dx(LayerRunner runner, INDArray y) {
    INDArray dy = y.ulike();
    for (int i = 0; i < dy.length(); i++) {
      dy.putScalar(i, 1 + i);
    }
    return runner.backward(List.of(dy)).inputs().get(0);
  }

  private static void assertClose(INDArray found, double... expected) {
    assertArrayEquals(expected, found.dup('c').data().asDouble(), 1e-11);
  }

  /** Keras: BatchNormalization(momentum=0.75) of a ramp, training=True. */
  @Test
  void computesWhatKerasComputes() {
    INDArray x = ramp(1, 3, 2);
    LayerRunner runner = prepared(of(Map.of("momentum", 0.75)), x);
    INDArray y = runner.forward(List.of(x), true, 0).get(0);
    assertClose(y, -0.612257648147, -0.224515296294, 0, 1, 0.612257648147, 2.224515296294);
    assertClose(
        dx(runner, y), -0.000229510552, -0.000459021103, 0, 0, 0.000229510552, 0.000459021103);
    assertClose(runner.nextValue("moving_mean"), 0.5, 0.75);
    assertClose(runner.nextValue("moving_variance"), 1.416666666667, 1.416666666667);
  }

  /** The same with a mask: Keras 3 adds 1e-7 to the number of steps that count. */
  @Test
  void masksWhatKerasMasks() {
    INDArray x = ramp(1, 2, 2, 2);
    LayerRunner runner = prepared(of(Map.of("momentum", 0.75)), x);
    INDArray y = runner.forward(List.of(x), List.of(MASK), true, 0).get(0);
    assertClose(
        y,
        -0.668099409241,
        0.537139562794,
        -0.267239750334,
        1.462860498921,
        0.133619908572,
        2.388581435047,
        0.534479567478,
        0.074279094731);
    assertClose(
        dx(runner, y),
        -0.343678245141,
        -2.027797855006,
        0.60128948836,
        1.851441872253,
        -0.171780103557,
        -0.705226221812,
        -0.085831032765,
        0.881582513139);
    assertClose(runner.nextValue("moving_mean"), 0.833333305556, 0.499999983333);
    assertClose(runner.nextValue("moving_variance"), 2.305555503704, 1.916666627778);
    assertEquals(MASK, runner.outputMasks().get(0));
  }

  /** The same in tf_keras. */
  @Test
  void masksWhatTfKerasMasks() {
    INDArray x = ramp(1, 2, 2, 2);
    LayerRunner runner = prepared(of(Map.of("momentum", 0.75), Semantics.TF2), x);
    INDArray y = runner.forward(List.of(x), List.of(MASK), true, 0).get(0);
    assertClose(
        y,
        -0.668099420377,
        0.537139539649,
        -0.267239768151,
        1.462860460351,
        0.133619884075,
        2.388581381052,
        0.534479536302,
        0.074279079299);
    assertClose(
        dx(runner, y),
        -0.343678338661,
        -2.027797968146,
        0.60128947834,
        1.851441841402,
        -0.171780123604,
        -0.705226180704,
        -0.085831016075,
        0.881582307448);
    assertClose(runner.nextValue("moving_mean"), 0.833333333333, 0.5);
    assertClose(runner.nextValue("moving_variance"), 2.305555555556, 1.916666666667);
  }

  /** Keras: BatchNormalization(momentum=0.75, renorm=True, renorm_clipping=...). */
  @Test
  void renormsWhatKerasRenorms() {
    INDArray x = ramp(1, 3, 2);
    Map<String, ?> keys =
        Map.of(
            "momentum", 0.75, "renorm", true, "renorm_clipping", Map.of("rmax", 1.5, "dmax", 0.25));
    LayerRunner runner = prepared(of(keys), x);
    INDArray y = runner.forward(List.of(x), true, 0).get(0);
    assertClose(y, -0.793386472221, -0.586772944441, 0.125, 1.25, 1.043386472221, 3.086772944441);
    assertClose(
        dx(runner, y), -0.000344265827, -0.000688531655, 0, 0, 0.000344265827, 0.000688531655);
    assertClose(runner.nextValue("moving_mean"), 0.5, 0.75);
    assertClose(runner.nextValue("moving_variance"), 1.340716411432, 1.340716411432);
    assertClose(runner.nextValue("moving_stddev"), 1.158324829843, 1.158324829843);
    assertClose(runner.nextValue("renorm_mean"), 0.02, 0.03);
    assertClose(runner.nextValue("renorm_stddev"), 1.006332993194, 1.006332993194);
  }

  private static LayerRunner single(Layer layer, @Nullable Mask mask) {
    INDArray x = ramp(1, 2, 2, 2, 2).castTo(Precision.FLOAT32.dataType());
    LayerRunner runner =
        new LayerRunner(
            layer, List.of(Shape.of(2, 2, 2)), 2, Precision.FLOAT32, new ReferenceKernels(), 1);
    runner.forward(List.of(x), mask == null ? List.of() : List.of(mask), true, 0);
    return runner;
  }

  /**
   * tf_keras: BatchNormalization(momentum=0.75) of float32 images is fused: the moving variance has
   * Bessel's correction, and a mask is not minded. Not so with fused=False, and in Keras 3.
   */
  @Test
  void tfKerasFusesImagesInSinglePrecision() {
    Mask mask =
        Mask.of(
            Shape.of(2, 2), 2, new boolean[] {true, false, true, true, true, false, true, true});
    Layer fused = of(Map.of("momentum", 0.75), Semantics.TF1);
    double[] expected = {2.03125, 1.875};
    for (Mask given : new Mask[] {null, mask}) {
      LayerRunner runner = single(fused, given);
      assertArrayEquals(
          expected, runner.nextValue("moving_variance").dup().data().asDouble(), 1e-6);
      assertArrayEquals(
          new double[] {0.65625, 0.6875},
          runner.nextValue("moving_mean").dup().data().asDouble(),
          1e-6);
    }
    double[] biased = {0.75 + 7 / 8.0 * (2.03125 - 0.75), 0.75 + 7 / 8.0 * (1.875 - 0.75)};
    for (Layer other :
        List.of(
            of(Map.of("momentum", 0.75, "fused", false), Semantics.TF1),
            of(Map.of("momentum", 0.75)))) {
      assertArrayEquals(
          biased, single(other, null).nextValue("moving_variance").dup().data().asDouble(), 1e-6);
    }
  }

  @Test
  void inferenceTakesTheMovingAverages() {
    INDArray x = ramp(1, 2, 2);
    LayerRunner runner = runner(of(Map.of("epsilon", 0)), x);
    runner.parameter("moving_mean").assign(2);
    runner.parameter("moving_variance").assign(4);
    assertValues(runner.forward(List.of(x), false, 0).get(0), new double[] {-1, -0.5, 0, 0.5});
  }

  @Test
  void asksForTheParametersOfKeras() {
    List<ParameterSpec> all =
        of(Map.of("renorm", true, "axis", 1)).parameters(List.of(Shape.of(3, -1)));
    assertEquals(
        List.of(
            "gamma true",
            "beta true",
            "moving_mean false",
            "moving_variance false",
            "moving_stddev false",
            "renorm_mean false",
            "renorm_stddev false"),
        all.stream().map(p -> p.name() + " " + p.trainable()).toList());
    assertTrue(all.stream().allMatch(p -> p.shape().equals(Shape.of(3))));
    assertTrue(of(Map.of()).mixesSamples() && of(Map.of()).keepsMask());
  }

  @Test
  void refusesWhatCannotBe() {
    assertRefused(
        "found axis 0 for inputs of shape (4, 2), expected one from 1 to 2 or from -1 to -2, as"
            + " axis 0 is that of the samples",
        of(Map.of("axis", 0)),
        Shape.of(4, 2));
    assertRefused(
        "found inputs of shape (4, ?), expected a known size of axis -1",
        of(Map.of()),
        Shape.of(4, -1));
    assertRefused(
        "found fused: true for inputs of shape (4, 2) and axis -1, expected images with their"
            + " channels on the first or last axis: leave fused out",
        of(Map.of("fused", true), Semantics.TF2),
        Shape.of(4, 2));
    assertRefused(
        "found bounds of renorm's corrections, but no renorm: true",
        "BatchNormalization",
        Map.of("renorm_clipping", Map.of("rmax", 2)));
    assertRefused(
        "found rmax 1.0 below rmin 2.0, expected it above",
        "BatchNormalization",
        Map.of("renorm", true, "renorm_clipping", Map.of("rmax", 1, "rmin", 2)));
    assertRefused(
        "not known in semantics: keras3; Keras 3 has no fused kernel; leave it out",
        "BatchNormalization",
        Map.of("fused", true));
    INDArray x = ramp(1, 2, 2, 2, 2);
    LayerRunner runner = runner(of(Map.of()), x);
    assertEquals(
        "layer 'layer': found a mask of shape (2) for batch normalization, expected a value for each"
            + " position but those of the last axis",
        assertThrows(DataException.class, () -> runner.forward(List.of(x), List.of(MASK), true, 0))
            .getMessage());
  }

  /** A penalty and a condition, to be told apart from others. */
  private static final class Penalty implements Regularizer, Constraint {
    @Override
    public double penalty(Memory values) {
      return 0;
    }

    @Override
    public void addGradient(Memory values, double scale, Memory gradient, long offset) {}

    @Override
    public void apply(Memory parameter, Memory scratch) {}
  }

  @Test
  void asksForItsPenaltiesAndConstraints() {
    Penalty ofBeta = new Penalty();
    Penalty ofGamma = new Penalty();
    List<ParameterSpec> parameters =
        new BatchNormalization(
                new BatchNormalization.Config(
                    List.of(-1),
                    0.9,
                    0.1,
                    true,
                    true,
                    new Ones(),
                    new Ones(),
                    new Ones(),
                    new Ones(),
                    ofBeta,
                    ofGamma,
                    ofBeta,
                    ofGamma,
                    false,
                    null,
                    0.9,
                    null,
                    false),
                Semantics.KERAS3)
            .parameters(List.of(Shape.of(4)));
    assertSame(ofGamma, parameters.get(0).regularizer());
    assertSame(ofGamma, parameters.get(0).constraint());
    assertSame(ofBeta, parameters.get(1).regularizer());
    assertSame(ofBeta, parameters.get(1).constraint());
  }
}
