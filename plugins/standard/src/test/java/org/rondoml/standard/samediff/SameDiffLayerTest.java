package org.rondoml.standard.samediff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.Shape;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.layers.Layers;
import org.rondoml.tck.GradientCheck;
import org.rondoml.tck.LayerContract;
import org.rondoml.tck.MaskedLayerContract;

/** Layers written with SameDiff hold what all layers hold, and equal the built-in ones. */
class SameDiffLayerTest {
  private static WrittenOut dense(int units) {
    return WrittenOut.to(
            input -> Shape.of(units),
            (sd, terms) ->
                sd.nn()
                    .sigmoid(
                        terms.input().mmul(terms.parameter("kernel")).add(terms.parameter("bias"))))
        .with("kernel", input -> Shape.of(input.dimension(0), units))
        .with("bias", input -> Shape.of(units));
  }

  private static WrittenOut gated() {
    return WrittenOut.of(
            (sd, terms) ->
                terms
                    .input()
                    .mmul(terms.parameter("kernel"))
                    .mul(sd.nn().sigmoid(terms.input().mmul(terms.parameter("gate"))))
                    .add(terms.input()))
        .with("kernel", input -> Shape.of(input.dimension(0), input.dimension(0)))
        .with("gate", input -> Shape.of(input.dimension(0), input.dimension(0)));
  }

  @Nested
  class Gated extends LayerContract {
    @Override
    protected Layer layer() {
      return gated();
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(3));
    }
  }

  @Nested
  class OfTwoInputs extends LayerContract {
    @Override
    protected Layer layer() {
      return WrittenOut.of(
          2, (sd, terms) -> terms.input(0).mul(sd.math().tanh(terms.input(1))).add(terms.input(1)));
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(2, 3), Shape.of(2, 3));
    }
  }

  @Nested
  class WithDropout extends LayerContract {
    @Override
    protected Layer layer() {
      return WrittenOut.of(
          (sd, terms) -> {
            SDVariable x = terms.input();
            return terms.training()
                ? x.mul(terms.uniform(x.getShape()).gte(0.5).castTo(x.dataType()))
                    .add(terms.normal(x.getShape()))
                : x;
          });
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(4));
    }
  }

  /** A mean over the steps that count, which is zero where none does. */
  @Nested
  class Masked extends MaskedLayerContract {
    @Override
    protected Layer layer() {
      return WrittenOut.to(
          input -> Shape.of(input.dimension(1)),
          (sd, terms) -> {
            SDVariable x = terms.input();
            SDVariable mask = terms.mask(0);
            if (mask == null) {
              return x.mean(1);
            }
            SDVariable counts = sd.expandDims(mask, 2);
            return x.mul(counts)
                .sum(1)
                .div(sd.math().max(counts.sum(1), counts.sum(1).mul(0).add(1)));
          });
    }

    @Override
    protected List<Shape> inputs() {
      return List.of(Shape.of(5, 2));
    }
  }

  @Test
  void equalsTheBuiltInDense() {
    INDArray x = Layers.ramp(0.3, 4, 3).sub(0.7);
    INDArray dy = Layers.ramp(-0.2, 4, 2).add(0.5);
    LayerRunner own = Layers.runner(dense(2), x);
    LayerRunner builtIn =
        Layers.runner(Layers.of("Dense", Map.of("units", 2, "activation", "sigmoid")), x);
    assertEquals(builtIn.parameterNames(), own.parameterNames());
    own.parameterNames().forEach(name -> builtIn.parameter(name).assign(own.parameter(name)));

    for (int step = 0; step < 3; step++) {
      INDArray given = x.mul(step + 1);
      assertClose(
          builtIn.forward(List.of(given), true, step).get(0),
          own.forward(List.of(given), true, step).get(0));
      LayerRunner.LayerGradients expected = builtIn.backward(List.of(dy));
      LayerRunner.LayerGradients found = own.backward(List.of(dy));
      assertClose(expected.inputs().get(0), found.inputs().get(0));
      expected.parameters().forEach((name, g) -> assertClose(g, found.parameters().get(name)));
      own.parameter("kernel").muli(0.9); // as an optimizer would
      builtIn.parameter("kernel").muli(0.9);
    }
  }

  private static void assertClose(INDArray expected, INDArray found) {
    assertArrayEquals(expected.shape(), found.shape());
    assertArrayEquals(expected.dup('c').data().asDouble(), found.dup('c').data().asDouble(), 1e-12);
  }

  /** ND4J 1.0.0-M2.1 has wrong gradients where rows or single numbers are spread. */
  @Test
  void gradientsOfSpreadOperandsAreRight() {
    for (long width : new long[] {1, 3}) {
      Shape x = Shape.of(3);
      spread(width, "quotient", x, (g, v) -> v.div(g));
      spread(width, "reversed quotient", x, (g, v) -> v.mul(0.1).add(3).rdiv(g));
      spread(width, "maximum", x, (g, v) -> v.getSameDiff().math().max(v, g));
      spread(width, "minimum", x, (g, v) -> v.getSameDiff().math().min(g, v));
      spread(
          width, "squared difference", x, (g, v) -> v.getSameDiff().math().squaredDifference(v, g));
    }
  }

  private static void spread(
      long width, String what, Shape x, BinaryOperator<SDVariable> operation) {
    Layer layer =
        WrittenOut.of((sd, terms) -> operation.apply(terms.parameter("g"), terms.input()))
            .with("g", input -> Shape.of(width));
    for (int batchSize = 1; batchSize < 4; batchSize++) {
      try {
        new GradientCheck(layer, List.of(x), batchSize).run(batchSize);
      } catch (AssertionError e) {
        throw new AssertionError(what + " with " + width + " elements: " + e.getMessage(), e);
      }
    }
  }

  @Test
  void aSampleThatIsAloneHasTheGradientsItHasAmongOthers() {
    Layer slice =
        WrittenOut.to(
            input -> Shape.of(2),
            (sd, terms) -> terms.input().get(SDIndex.all(), SDIndex.interval(1, 3)));
    Layer normed =
        WrittenOut.of(
            (sd, terms) -> {
              SDVariable x = terms.input();
              SDVariable away = x.sub(x.mean(true, 1));
              return away.div(sd.math().sqrt(away.mul(away).mean(true, 1).add(1e-3)));
            });
    for (Layer layer : List.of(slice, normed)) {
      for (int batchSize = 1; batchSize < 4; batchSize++) {
        new GradientCheck(layer, List.of(Shape.of(4)), batchSize).run(batchSize);
      }
    }
  }

  @Test
  void randomNumbersAreNewAtEveryStepAndUniform() {
    Layer layer = WrittenOut.of((sd, terms) -> terms.input().mul(0).add(terms.uniform(1000, 1)));
    INDArray x = Nd4j.zeros(Precision.FLOAT64.dataType(), 1000, 1);
    LayerRunner runner = Layers.runner(layer, x);
    INDArray first = runner.forward(List.of(x), true, 1).get(0);

    assertNotEquals(first, runner.forward(List.of(x), true, 2).get(0));
    assertEquals(first, runner.forward(List.of(x), true, 1).get(0));
    assertEquals(0.5, first.meanNumber().doubleValue(), 0.05);
    assertTrue(first.minNumber().doubleValue() >= 0 && first.maxNumber().doubleValue() < 1);
  }

  @Test
  void nothingIsPrinted() {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(stream);
      System.setErr(stream);
      INDArray x = Layers.ramp(0.1, 4, 3);
      LayerRunner runner = Layers.runner(gated(), x);
      runner.forward(List.of(x), true, 0);
      runner.backward(List.of(x));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertEquals("", printed.toString(StandardCharsets.UTF_8));
  }

  @Test
  void theNumberOfInputsIsChecked() {
    Layer two = WrittenOut.of(2, (sd, terms) -> terms.input(0).add(terms.input(1)));
    assertEquals(
        "takes 2 inputs, found 1: name them with from: [...], in their order",
        assertThrows(ShapeMismatchException.class, () -> two.outputShapes(List.of(Shape.of(3))))
            .getMessage());
    assertEquals(
        "takes one input, found 2: join them first, for example with Concatenate",
        assertThrows(
                ShapeMismatchException.class,
                () -> gated().outputShapes(List.of(Shape.of(3), Shape.of(3))))
            .getMessage());
  }
}
