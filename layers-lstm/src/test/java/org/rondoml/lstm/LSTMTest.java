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
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.rnn.BackwardLoop;
import org.rondoml.rnn.FusedCell;
import org.rondoml.rnn.RecurrentLayer;
import org.rondoml.rnn.TimeLoop;
import org.rondoml.standard.activations.Gelu;
import org.rondoml.standard.activations.HardSigmoid;
import org.rondoml.standard.activations.Relu;
import org.rondoml.standard.activations.Sigmoid;
import org.rondoml.standard.activations.Softmax;
import org.rondoml.standard.activations.Tanh;
import org.rondoml.standard.initializers.Zeros;
import org.rondoml.tck.GradientCheck;
import org.rondoml.tck.ReferenceKernels;

class LSTMTest {
  private static LSTM.Config config(
      int units,
      Activation activation,
      Activation recurrent,
      boolean bias,
      boolean sequences,
      boolean state,
      boolean backwards) {
    Zeros zeros = new Zeros();
    return new LSTM.Config(
        units,
        activation,
        recurrent,
        bias,
        zeros,
        zeros,
        zeros,
        true,
        sequences,
        state,
        backwards,
        false);
  }

  private static LSTM layer(
      Activation activation,
      Activation recurrent,
      boolean bias,
      boolean sequences,
      boolean state,
      boolean backwards) {
    return new LSTM(config(3, activation, recurrent, bias, sequences, state, backwards));
  }

  static Stream<LSTM> variants() {
    Relu relu = new Relu();
    HardSigmoid hard = new HardSigmoid(Semantics.TF1);
    Gelu gelu = new Gelu(new Gelu.Config(false));
    Softmax softmax = new Softmax();
    return Stream.of(
        layer(new Tanh(), new Sigmoid(), true, false, false, false),
        layer(new Tanh(), new Sigmoid(), true, true, false, false),
        layer(new Tanh(), new Sigmoid(), false, true, true, true),
        layer(relu, hard, true, true, false, false),
        layer(relu, new Sigmoid(), true, false, true, false),
        layer(gelu, new Sigmoid(), true, true, true, false),
        layer(new Tanh(), gelu, true, false, false, true),
        layer(softmax, new Sigmoid(), true, true, false, false));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void gradientsAgreeWithFiniteDifferences(LSTM layer) {
    new GradientCheck(layer, List.of(Shape.of(4, 2)), 1).run(2);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void gradientsOfInitialStatesAgreeWithFiniteDifferences(LSTM layer) {
    new GradientCheck(layer, List.of(Shape.of(4, 2), Shape.of(3), Shape.of(3)), 2).run(2);
  }

  /** Enough units for whole registers of any processor, and some that are left over. */
  @Test
  void gradientsOfManyUnitsAgreeWithFiniteDifferences() {
    LSTM layer = new LSTM(config(19, new Tanh(), new Sigmoid(), true, true, false, false));
    new GradientCheck(layer, List.of(Shape.of(3, 2)), 1).run(2);
  }

  /** A cell whose state's gradient stops at every step: the check has to notice. */
  private static final class Forgetful extends RecurrentLayer {
    Forgetful(LSTM.Config config) {
      super(new Cell(new LstmCell(config)), true, false, false);
    }

    private record Cell(LstmCell cell) implements FusedCell {
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
    LSTM.Config config = config(3, new Tanh(), new Sigmoid(), true, true, false, false);
    GradientCheck check = new GradientCheck(new Forgetful(config), List.of(Shape.of(4, 2)), 1);
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
            new LSTM(config(1, new Tanh(), new Sigmoid(), true, true, false, false)),
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
    List<ParameterSpec> parameters =
        layer(new Tanh(), new Sigmoid(), true, false, false, false)
            .parameters(List.of(Shape.of(7, 2)));
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
    LSTM layer = new LSTM(config(256, new Tanh(), new Sigmoid(), true, true, false, false));
    Cost cost = layer.cost(List.of(Shape.of(28, 28)));
    assertEquals(2L * 28 * (28 + 256) * 1024, cost.forwardFlops());
    assertEquals(2L * 28 * 28 * 1024, cost.inputGradientFlops());
  }
}
