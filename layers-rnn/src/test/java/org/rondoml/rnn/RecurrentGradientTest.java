package org.rondoml.rnn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Mask;
import org.rondoml.tck.GradientCheck;
import org.rondoml.tck.MaskPattern;
import org.rondoml.tck.ReferenceKernels;
import org.rondoml.tck.Written;

/**
 * Gradients of recurrent layers against finite differences: parameters, inputs and initial states,
 * with every kind of mask, in both directions, with and without what they drop.
 */
class RecurrentGradientTest {
  private static final int STEPS = 5;
  private static final int FEATURES = 2;
  private static final int BATCH = 3;

  /** Layers and the number of states, each of 3 units unless {@code units} tells. */
  private static final List<Arguments> LAYERS =
      List.of(
          layer("SimpleRNN: {units: 3}", 1),
          layer("SimpleRNN: {units: 3, return_sequences: true, return_state: true}", 1),
          layer("SimpleRNN: {units: 3, go_backwards: true, use_bias: false}", 1),
          layer("SimpleRNN: {units: 3, activation: gelu, return_sequences: true}", 1),
          layer("SimpleRNN: {units: 3, activation: softmax, return_state: true}", 1),
          layer("SimpleRNN: {units: 3, zero_output_for_mask: true, return_sequences: true}", 1),
          layer("SimpleRNN: {units: 3, zero_output_for_mask: true}", 1),
          layer("SimpleRNN: {units: 3, dropout: 0.4, recurrent_dropout: 0.3}", 1),
          layer("GRU: {units: 3}", 1),
          layer("GRU: {units: 3, return_sequences: true, return_state: true}", 1),
          layer("GRU: {units: 3, go_backwards: true, use_bias: false}", 1),
          layer("GRU: {units: 3, activation: gelu, recurrent_activation: silu}", 1),
          layer("GRU: {units: 3, activation: softmax, return_sequences: true}", 1),
          layer("GRU: {units: 3, zero_output_for_mask: true, return_sequences: true}", 1),
          layer("GRU: {units: 3, dropout: 0.4}", 1),
          layer("GRU: {units: 3, dropout: 0.4, implementation: 1}", 1),
          layer("GRU: {units: 3, dropout: 0.4, recurrent_dropout: 0.3, return_state: true}", 1),
          layer("GRU: {units: 3, recurrent_dropout: 0.3, use_bias: false}", 1),
          layer("GRU: {units: 3, reset_after: false}", 1),
          layer("GRU: {units: 3, reset_after: false, return_sequences: true}", 1),
          layer("GRU: {units: 3, reset_after: false, go_backwards: true, use_bias: false}", 1),
          layer("GRU: {units: 3, reset_after: false, activation: gelu, return_state: true}", 1),
          layer("GRU: {units: 3, reset_after: false, dropout: 0.4, recurrent_dropout: 0.3}", 1),
          layer("RNN: {cell: {GRUCell: {units: 3}}, return_sequences: true}", 1),
          layer(
              "RNN: {cell: [{GRUCell: {units: 3}}, {SimpleRNNCell: {units: 3}}],"
                  + " return_sequences: true, return_state: true}",
              2),
          layer(
              "RNN: {cell: [{SimpleRNNCell: {units: 3}}, {GRUCell: {units: 3}}],"
                  + " go_backwards: true, return_state: true}",
              2),
          layer("Bidirectional: {layer: {SimpleRNN: {units: 3}}}", 2),
          layer("Bidirectional: {layer: {GRU: {units: 3, return_sequences: true}}}", 2),
          layer("Bidirectional: {layer: {GRU: {units: 3}}, merge_mode: sum}", 2),
          layer(
              "Bidirectional: {layer: {GRU: {units: 3, return_sequences: true}}, merge_mode: mul}",
              2),
          layer(
              "Bidirectional: {layer: {GRU: {units: 3, return_sequences: true, return_state: true}},"
                  + " merge_mode: none}",
              2),
          layer(
              "Bidirectional: {layer: {SimpleRNN: {units: 3, return_sequences: true}}, merge_mode:"
                  + " ave, backward_layer: {GRU: {units: 3, return_sequences: true, go_backwards:"
                  + " true}}}",
              2));

  private static Arguments layer(String text, int states) {
    return Arguments.of(text, states);
  }

  static Stream<Arguments> layers() {
    return LAYERS.stream();
  }

  private static Layer written(String text) {
    // Keras 3 passes over masks beside initial states.
    return Written.component(Layer.class, text, Semantics.TF2);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void gradientsAgreeWithFiniteDifferences(String text, int states) {
    new GradientCheck(written(text), List.of(Shape.of(STEPS, FEATURES)), states).run(BATCH);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void gradientsOfInitialStatesAgreeWithFiniteDifferences(String text, int states) {
    new GradientCheck(written(text), inputs(states), 2).run(BATCH);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void gradientsUnderMasksAgreeWithFiniteDifferences(String text, int states) {
    for (MaskPattern pattern : MaskPattern.values()) {
      Mask mask = pattern.of(BATCH, STEPS);
      new GradientCheck(written(text), inputs(states), List.of(mask), 3).run(BATCH);
    }
  }

  private static List<Shape> inputs(int states) {
    List<Shape> inputs = new ArrayList<>(List.of(Shape.of(STEPS, FEATURES)));
    for (int s = 0; s < states; s++) {
      inputs.add(Shape.of(3));
    }
    return inputs;
  }

  @ParameterizedTest
  @MethodSource("layers")
  void maskedStepsGetNoGradientAtAll(String text, int states) {
    for (MaskPattern pattern : MaskPattern.values()) {
      Mask mask = pattern.of(BATCH, STEPS);
      LayerRunner runner =
          new LayerRunner(
              written(text), inputs(states), BATCH, Precision.FLOAT64, new ReferenceKernels(), 1);
      List<INDArray> values = new ArrayList<>();
      values.add(Nd4j.rand(DataType.DOUBLE, BATCH, STEPS, FEATURES));
      for (int s = 0; s < states; s++) {
        values.add(Nd4j.rand(DataType.DOUBLE, BATCH, 3));
      }
      List<INDArray> outputs = runner.forward(values, List.of(mask), true, 1);
      INDArray gradient =
          runner.backward(outputs.stream().map(y -> Nd4j.onesLike(y)).toList()).inputs().get(0);
      for (int sample = 0; sample < BATCH; sample++) {
        for (int t = 0; t < STEPS; t++) {
          for (int k = 0; k < FEATURES && !mask.isValid(sample, t); k++) {
            assertEquals(
                0.0,
                gradient.getDouble(sample, t, k),
                0.0,
                pattern + Arrays.toString(new int[] {sample, t, k}));
          }
        }
      }
    }
  }
}
