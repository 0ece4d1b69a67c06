package org.rondoml.rnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.Shape;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.tck.ReferenceKernels;
import org.rondoml.tck.Written;

/** What cells drop: how much, and the same at every step of a sequence. */
class CellDropoutTest {
  private static final int UNITS = 400;
  private static final int STEPS = 3;

  /** A linear cell that shows its inputs: with W = 1 and U = 0, h_t is what is left of x_t. */
  private static LayerRunner inputsShown(String arguments) {
    LayerRunner runner =
        new LayerRunner(
            Written.layer(
                "SimpleRNN: {units: "
                    + UNITS
                    + ", activation: linear, return_sequences: true, kernel_initializer: identity,"
                    + " recurrent_initializer: zeros"
                    + arguments
                    + "}"),
            List.of(Shape.of(STEPS, UNITS)),
            2,
            Precision.FLOAT64,
            new ReferenceKernels(),
            1);
    return runner;
  }

  private static INDArray ones() {
    return Nd4j.ones(DataType.DOUBLE, 2, STEPS, UNITS);
  }

  @Test
  void inputsAreDroppedAtTheRateAndScaled() {
    LayerRunner runner = inputsShown(", dropout: 0.3");
    INDArray h = runner.forward(List.of(ones()), true, 1).get(0);
    int dropped = 0;
    for (int sample = 0; sample < 2; sample++) {
      for (int k = 0; k < UNITS; k++) {
        double first = h.getDouble(sample, 0, k);
        assertTrue(first == 0 || Math.abs(first - 1 / 0.7) < 1e-12, "found " + first);
        dropped += first == 0 ? 1 : 0;
        for (int t = 1; t < STEPS; t++) {
          assertEquals(first, h.getDouble(sample, t, k), "the same at every step");
        }
      }
    }
    // 800 draws at 0.3: the standard deviation is 13.
    assertEquals(240, dropped, 4 * 13);
    assertNotEquals(h, runner.forward(List.of(ones()), true, 2).get(0), "another step's mask");
    assertNotEquals(
        h.tensorAlongDimension(0, 1, 2), h.tensorAlongDimension(1, 1, 2), "another sample's mask");
    assertEquals(ones(), runner.forward(List.of(ones()), false, 1).get(0), "inference");
  }

  @Test
  void aSeedChangesWhatIsDropped() {
    INDArray plain = inputsShown(", dropout: 0.3").forward(List.of(ones()), true, 1).get(0);
    INDArray seeded =
        inputsShown(", dropout: 0.3, seed: 5").forward(List.of(ones()), true, 1).get(0);
    INDArray again =
        inputsShown(", dropout: 0.3, seed: 5").forward(List.of(ones()), true, 1).get(0);
    assertNotEquals(plain, seeded);
    assertEquals(seeded, again);
  }

  /** With W = 0 and U = 1 the state is multiplied by the mask at every step. */
  @Test
  void theStateIsDroppedByTheSameMaskAtEveryStep() {
    LayerRunner runner =
        new LayerRunner(
            Written.layer(
                "SimpleRNN: {units: "
                    + UNITS
                    + ", activation: linear, return_sequences: true, kernel_initializer: zeros,"
                    + " recurrent_initializer: identity, recurrent_dropout: 0.5}"),
            List.of(Shape.of(STEPS, 1), Shape.of(UNITS)),
            1,
            Precision.FLOAT64,
            new ReferenceKernels(),
            1);
    INDArray h =
        runner
            .forward(
                List.of(
                    Nd4j.ones(DataType.DOUBLE, 1, STEPS, 1), Nd4j.ones(DataType.DOUBLE, 1, UNITS)),
                true,
                1)
            .get(0);
    int kept = 0;
    for (int k = 0; k < UNITS; k++) {
      double first = h.getDouble(0, 0, k);
      kept += first == 2 ? 1 : 0;
      assertTrue(first == 0 || first == 2, "found " + first);
      assertEquals(first * first * first, h.getDouble(0, 2, k), 1e-12);
    }
    assertEquals(200, kept, 4 * 10);
  }

  /** In implementation 1, which recurrent_dropout forces, gates drop on their own. */
  @ParameterizedTest
  @ValueSource(strings = {"implementation: 2", "implementation: 1", "recurrent_dropout: 0.001"})
  void gatesDropTogetherOrOnTheirOwn(String argument) {
    LayerRunner runner =
        new LayerRunner(
            Written.layer("GRU: {units: 1, use_bias: false, dropout: 0.5, " + argument + "}"),
            List.of(Shape.of(1, UNITS)),
            1,
            Precision.FLOAT64,
            new ReferenceKernels(),
            1);
    runner.parameter("kernel").assign(1.0 / UNITS);
    runner.parameter("recurrent_kernel").assign(0);
    runner.forward(List.of(Nd4j.ones(DataType.DOUBLE, 1, 1, UNITS)), true, 1);
    INDArray dW =
        runner.backward(List.of(Nd4j.ones(DataType.DOUBLE, 1, 1))).parameters().get("kernel");
    boolean together = true;
    for (int k = 0; dW != null && k < UNITS; k++) {
      together &= (dW.getDouble(k, 0) == 0) == (dW.getDouble(k, 2) == 0);
    }
    if (argument.equals("implementation: 2")) {
      assertTrue(together, "one mask for all gates");
    } else {
      assertFalse(together, "a mask for each gate");
    }
  }
}
