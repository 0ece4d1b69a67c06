package org.rondoml.lstm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.rnn.BackwardLoop;
import org.rondoml.rnn.FusedCell;
import org.rondoml.rnn.RecurrentCell;
import org.rondoml.rnn.RecurrentLayer;
import org.rondoml.rnn.SequenceConfig;
import org.rondoml.rnn.TimeLoop;
import org.rondoml.tck.GradientCheck;
import org.rondoml.tck.MaskPattern;
import org.rondoml.tck.MaskedLayerContract;
import org.rondoml.tck.ReferenceKernels;
import org.rondoml.tck.Written;

class LSTMTest extends MaskedLayerContract {
  private static final List<String> VARIANTS =
      List.of(
          "LSTM: {units: 3}",
          "LSTM: {units: 3, return_sequences: true}",
          "LSTM: {units: 3, use_bias: false, return_sequences: true, return_state: true,"
              + " go_backwards: true}",
          "LSTM: {units: 3, activation: relu, recurrent_activation: hard_sigmoid,"
              + " return_sequences: true}",
          "LSTM: {units: 3, activation: relu, return_state: true}",
          "LSTM: {units: 3, activation: gelu, return_sequences: true, return_state: true}",
          "LSTM: {units: 3, recurrent_activation: gelu, go_backwards: true}",
          "LSTM: {units: 3, activation: softmax, return_sequences: true}",
          "LSTM: {units: 3, zero_output_for_mask: true, return_sequences: true}",
          "LSTM: {units: 3, zero_output_for_mask: true}",
          "LSTM: {units: 3, dropout: 0.4, return_sequences: true}",
          "LSTM: {units: 3, dropout: 0.4, implementation: 1, return_sequences: true}",
          "LSTM: {units: 3, dropout: 0.4, recurrent_dropout: 0.3, return_state: true}",
          "LSTM: {units: 3, recurrent_dropout: 0.3, use_bias: false, go_backwards: true}",
          "RNN: {cell: {LSTMCell: {units: 3}}, return_sequences: true, return_state: true}");

  /** In tf2, as Keras 3 passes over masks beside initial states. */
  @Override
  protected Layer layer() {
    return Written.component(
        Layer.class, "LSTM: {units: 3, return_sequences: true, return_state: true}", Semantics.TF2);
  }

  @Override
  protected List<Shape> inputs() {
    return List.of(Shape.of(4, 2), Shape.of(3), Shape.of(3));
  }

  static Stream<String> variants() {
    return VARIANTS.stream();
  }

  @ParameterizedTest
  @MethodSource("variants")
  void gradientsOfVariantsAgreeWithFiniteDifferences(String text) {
    new GradientCheck(Written.layer(text), List.of(Shape.of(4, 2)), 1).run(2);
    new GradientCheck(Written.layer(text), inputs(), 2).run(2);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void gradientsOfVariantsUnderMasksAgreeWithFiniteDifferences(String text) {
    for (MaskPattern pattern : MaskPattern.values()) {
      List<Mask> masks = List.of(pattern.of(3, 4));
      new GradientCheck(Written.layer(text), inputs(), masks, 3).run(3);
    }
  }

  /** Enough units for whole registers of any processor, and some that are left over. */
  @Test
  void gradientsOfManyUnitsAgreeWithFiniteDifferences() {
    Layer layer = Written.layer("LSTM: {units: 19, return_sequences: true}");
    new GradientCheck(layer, List.of(Shape.of(3, 2)), 1).run(2);
  }

  /** A cell whose state's gradient stops at every step: the check has to notice. */
  private static final class Forgetful extends RecurrentLayer {
    Forgetful(FusedCell cell) {
      super(new Cell(cell), new SequenceConfig(null, true, false, false, false, false, false));
    }

    private record Cell(FusedCell cell) implements FusedCell {
      @Override
      public int units() {
        return cell.units();
      }

      @Override
      public int gates() {
        return cell.gates();
      }

      @Override
      public int states() {
        return cell.states();
      }

      @Override
      public boolean hasBias() {
        return cell.hasBias();
      }

      @Override
      public List<ParameterSpec> parameters(long features) {
        return cell.parameters(features);
      }

      @Override
      public Kernel kernel(LayerContext context, TimeLoop loop) {
        Kernel kernel = cell.kernel(context, loop);
        return new Kernel() {
          @Override
          public void forward(int step, int sample) {
            kernel.forward(step, sample);
          }

          @Override
          public void backward(int step, int sample, BackwardLoop gradients) {
            kernel.backward(step, sample, gradients);
            context
                .vec("zero", 3)
                .fill(0)
                .store(gradients.stateGradient(1), gradients.gradientAt(sample));
          }
        };
      }
    }
  }

  @Test
  void theCheckNoticesAWrongGradient() {
    RecurrentCell cell =
        Written.component(RecurrentCell.class, "LSTMCell: {units: 3}", Semantics.KERAS3);
    GradientCheck check =
        new GradientCheck(new Forgetful(cell.places().get(0).cell()), List.of(Shape.of(4, 2)), 1);
    AssertionError error = assertThrows(AssertionError.class, () -> check.run(2));
    assertTrue(
        String.valueOf(error.getMessage()).startsWith("Forgetful, input 0, element ["),
        error.getMessage());
  }

  /** With no input and no recurrence the gates are constants, and c is a geometric series. */
  @Test
  void constantGatesMakeAGeometricSeries() {
    LayerRunner runner =
        new LayerRunner(
            Written.layer("LSTM: {units: 1, return_sequences: true}"),
            List.of(Shape.of(5, 1)),
            1,
            Precision.FLOAT64,
            new ReferenceKernels(),
            1);
    runner.parameter("kernel").assign(0);
    runner.parameter("recurrent_kernel").assign(0);
    runner.parameter("bias").assign(Nd4j.createFromArray(0.3, 0.9, 0.7, -0.2));
    INDArray output =
        runner
            .forward(
                List.of(Nd4j.zeros(org.nd4j.linalg.api.buffer.DataType.DOUBLE, 1, 5, 1)), false, 0)
            .get(0);
    double i = 1 / (1 + Math.exp(-0.3));
    double f = 1 / (1 + Math.exp(-0.9));
    double g = Math.tanh(0.7);
    double o = 1 / (1 + Math.exp(0.2));
    for (int t = 1; t <= 5; t++) {
      double c = i * g * (1 - Math.pow(f, t)) / (1 - f);
      assertEquals(o * Math.tanh(c), output.getDouble(0, t - 1, 0), 1e-15);
    }
  }

  @Test
  void theForgetGateStartsOpen() {
    List<ParameterSpec> parameters = Written.layer("LSTM: 3").parameters(List.of(Shape.of(7, 2)));
    ParameterSpec bias = parameters.get(2);
    assertArrayEquals(
        new double[] {0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0},
        bias.initializer().initialize(bias.shape(), RandomStream.of(1)));
    assertEquals(
        List.of("kernel (2, 12) cell", "recurrent_kernel (3, 12) cell", "bias (12) cell"),
        parameters.stream().map(p -> p.name() + " " + p.shape() + " " + p.group()).toList());
  }

  @Test
  void costsWhatItsProductsCost() {
    Layer layer = Written.layer("LSTM: {units: 256, return_sequences: true}");
    Cost cost = layer.cost(List.of(Shape.of(28, 28)));
    assertEquals(2L * 28 * (28 + 256) * 1024, cost.forwardFlops());
    assertEquals(2L * 28 * 28 * 1024, cost.inputGradientFlops());
  }
}
