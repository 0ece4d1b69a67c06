package org.rondoml.standard.layers.normalization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.rondoml.standard.layers.Layers.assertRefused;
import static org.rondoml.standard.layers.Layers.ramp;
import static org.rondoml.standard.layers.Layers.runner;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.spi.Constraint;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.Regularizer;
import org.rondoml.standard.initializers.Ones;
import org.rondoml.standard.layers.Layers;
import org.rondoml.tck.GradientCheck;
import org.rondoml.tck.LayerContract;

class LayerNormalizationTest {
  private static Layer of(Map<String, ?> keys) {
    return Layers.of("LayerNormalization", keys);
  }

  @Nested
  class OfSequences extends LayerContract {
    @Override
    protected Layer layer() {
      return of(Map.of());
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3, 4));
    }
  }

  @Nested
  class AlongTime extends LayerContract {
    @Override
    protected Layer layer() {
      return of(Map.of("axis", 1));
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(4, 2));
    }
  }

  static Stream<Map<String, ?>> variants() {
    return Stream.of(
        Map.of("axis", List.of(1, 2, 3)),
        Map.of("axis", List.of(-1, 1), "epsilon", 0.5),
        Map.of("axis", 2, "center", false),
        Map.of("scale", false),
        Map.of("scale", false, "center", false),
        Map.of("rms_scaling", true, "scale", false),
        Map.of("rms_scaling", true, "axis", List.of(1, 3)));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void gradientsAgreeWithFiniteDifferences(Map<String, ?> keys) {
    new GradientCheck(of(keys), List.of(Shape.of(2, 3, 2)), 3).run(2);
  }

  private static void assertComputes(Map<String, ?> keys, INDArray x, double[] y, double... dx) {
    LayerRunner runner = runner(of(keys), x);
    for (String name : runner.parameterNames()) {
      INDArray parameter = runner.parameter(name);
      parameter.assign(
          name.equals("gamma")
              ? ramp(0.5, parameter.shape()).addi(0.5)
              : ramp(1, parameter.shape()));
    }
    INDArray found = runner.forward(List.of(x), true, 0).get(0);
    assertArrayEquals(y, found.dup('c').data().asDouble(), 1e-11);
    INDArray dy = found.ulike();
    for (int i = 0; i < dy.length(); i++) {
      dy.putScalar(i, 1 + i);
    }
    INDArray gradient = runner.backward(List.of(dy)).inputs().get(0);
    assertArrayEquals(dx, gradient.dup('c').data().asDouble(), 1e-11);
  }

  /** Keras: LayerNormalization(), LayerNormalization(axis=[-1, 1]) and rms_scaling=True. */
  @Test
  void computesWhatKerasComputes() {
    assertComputes(
        Map.of(),
        ramp(1, 1, 2, 4),
        new double[] {
          -0.670552225982,
          0.552965182678,
          2.670552225982,
          5.682208903929,
          0.054876840916,
          1.548768409157,
          3.481674704723,
          -0.29261045494
        },
        0.444354752469,
        -0.447928172272,
        -0.446141462371,
        0.449714882174,
        -2.594447157485,
        -0.460316058655,
        2.112829767501,
        0.94193344864);
    assertComputes(
        Map.of("axis", List.of(-1, 1)),
        ramp(1, 1, 2, 3),
        new double[] {
          -0.7317996141, 0.12184046308, 1.56092023154, 3.58543969128, 6.1953988423, 9.390797684601
        },
        0.973977101686,
        -0.196199994028,
        -0.780937398463,
        -0.780235111617,
        -0.194093133492,
        0.977488535914);
    assertComputes(
        Map.of("rms_scaling", true),
        ramp(1, 1, 1, 4),
        new double[] {0, 0.894069634643, 2.682208903929, 5.364417807858},
        9.827261799488,
        4.914881596675,
        0.896571028505,
        -2.227669905022);
  }

  @Test
  void asksForTheParametersOfKeras() {
    Map<String, ?> keys = Map.of("axis", List.of(3, 1));
    List<Shape> inputs = List.of(Shape.of(2, -1, 5));
    assertEquals(
        List.of(Shape.of(2, 5), Shape.of(2, 5)),
        of(keys).parameters(inputs).stream().map(ParameterSpec::shape).toList());
    assertEquals(
        List.of(Shape.of(5, 2), Shape.of(5, 2)),
        Layers.of("LayerNormalization", keys, Semantics.TF2).parameters(inputs).stream()
            .map(ParameterSpec::shape)
            .toList());
    assertEquals(
        List.of("gamma"),
        of(Map.of("rms_scaling", true, "scale", false)).parameters(inputs).stream()
            .map(ParameterSpec::name)
            .toList());
    assertTrue(of(keys).keepsMask());
  }

  @Test
  void refusesWhatCannotBe() {
    assertRefused(
        "found axis 3 for inputs of shape (4, 2), expected one from 1 to 2 or from -1 to -2, as"
            + " axis 0 is that of the samples",
        of(Map.of("axis", List.of(1, 3))),
        Shape.of(4, 2));
    assertRefused(
        "found axis 2 twice, expected each once",
        of(Map.of("axis", List.of(-1, 2))),
        Shape.of(4, 2));
    assertRefused(
        "found inputs of shape (?, 2), expected a known size of axis 1",
        of(Map.of("axis", 1)),
        Shape.of(-1, 2));
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
        new LayerNormalization(
                new LayerNormalization.Config(
                    List.of(-1),
                    0.1,
                    true,
                    true,
                    false,
                    new Ones(),
                    new Ones(),
                    ofBeta,
                    ofGamma,
                    ofBeta,
                    ofGamma),
                Semantics.KERAS3)
            .parameters(List.of(Shape.of(4)));
    assertSame(ofGamma, parameters.get(0).regularizer());
    assertSame(ofGamma, parameters.get(0).constraint());
    assertSame(ofBeta, parameters.get(1).regularizer());
    assertSame(ofBeta, parameters.get(1).constraint());
  }
}
