package org.rondoml.rnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.tck.MaskedLayerContract;
import org.rondoml.tck.Written;

class BidirectionalTest extends MaskedLayerContract {
  @Override
  protected Layer layer() {
    return Written.layer("Bidirectional: {layer: {GRU: {units: 2, return_sequences: true}}}");
  }

  @Override
  protected List<Shape> inputs() {
    return List.of(Shape.of(4, 3));
  }

  @Test
  void filesKeepBothLayersWhereKerasDoes() {
    assertEquals(
        List.of(
            "forward_layer/kernel in forward_layer/cell",
            "forward_layer/recurrent_kernel in forward_layer/cell",
            "forward_layer/bias in forward_layer/cell",
            "backward_layer/kernel in backward_layer/cell",
            "backward_layer/recurrent_kernel in backward_layer/cell",
            "backward_layer/bias in backward_layer/cell"),
        layer().parameters(inputs()).stream().map(p -> p.name() + " in " + p.group()).toList());
  }

  @Test
  void outputsHaveTheShapesOfTheMergeMode() {
    assertEquals(List.of(Shape.of(4, 4)), layer().outputShapes(inputs()));
    assertEquals(
        List.of(Shape.of(2)),
        Written.layer("Bidirectional: {layer: {GRU: {units: 2}}, merge_mode: ave}")
            .outputShapes(inputs()));
    for (String none : List.of("none", "null")) {
      assertEquals(
          List.of(Shape.of(2), Shape.of(2), Shape.of(2), Shape.of(2)),
          Written.layer(
                  "Bidirectional: {layer: {GRU: {units: 2, return_state: true}}, merge_mode: "
                      + none
                      + "}")
              .outputShapes(inputs()));
    }
  }

  /** Which outputs are used, and which of the layers have a gradient. */
  @ParameterizedTest
  @CsvSource({
    "none, false, 1000, true, false",
    "none, false, 0100, false, true",
    "none, false, 0010, true, false",
    "none, false, 0001, false, true",
    "none, false, 0110, true, true",
    "concat, false, 100, true, true",
    "concat, false, 010, true, false",
    "concat, false, 001, false, true",
    "concat, true, 001, true, true",
  })
  void lossesReachTheLayersWhoseOutputsTheyDependOn(
      String mergeMode, boolean penalized, String used, boolean forward, boolean backward) {
    Layer layer =
        Written.layer(
            "Bidirectional: {layer: {GRU: {units: 2, return_state: true"
                + (penalized ? ", activity_regularizer: l2" : "")
                + "}}, merge_mode: "
                + mergeMode
                + "}");
    List<Boolean> outputs = used.chars().mapToObj(digit -> digit == '1').toList();
    assertEquals(outputs.size(), layer.outputShapes(inputs()).size());
    for (String name : List.of("kernel", "recurrent_kernel", "bias")) {
      assertEquals(forward, layer.reachesParameter("forward_layer/" + name, outputs));
      assertEquals(backward, layer.reachesParameter("backward_layer/" + name, outputs));
    }
    assertTrue(layer.reachesInput(0, 3, outputs));
    assertEquals(forward, layer.reachesInput(1, 3, outputs));
    assertEquals(backward, layer.reachesInput(2, 3, outputs));
  }

  @Test
  void layersThatDoNotGoTogetherAreRefused() {
    assertEquals(
        "found Dense, expected a recurrent layer, which reads a sequence in one direction or the"
            + " other: LSTM, GRU, SimpleRNN, RNN, ConvLSTM1D, ConvLSTM2D",
        mistake("Bidirectional: {layer: {Dense: {units: 2}}}", Semantics.KERAS3));
    assertEquals(
        "go_backwards: true is for the layer that reads backwards: leave it out, or give a"
            + " backward_layer",
        mistake("Bidirectional: {layer: {GRU: {units: 2, go_backwards: true}}}", Semantics.KERAS3));
    assertEquals(
        "its layer has an activity_regularizer, which tf_keras passes over inside Bidirectional where"
            + " the layer is an RNN; leave it out, or use LSTM, GRU or SimpleRNN",
        mistake(
            "Bidirectional: {layer: {RNN: {cell: {GRUCell: {units: 2}}, activity_regularizer: l2}}}",
            Semantics.TF2));
    assertEquals(
        "both layers read in the same direction: give one of them go_backwards: true",
        mistake(
            "Bidirectional: {layer: {GRU: {units: 2}}, backward_layer: {GRU: {units: 2}}}",
            Semantics.TF2));
    assertEquals(
        "has another return_sequences than layer: both layers need the same",
        mistake(
            "Bidirectional: {layer: {GRU: {units: 2}}, backward_layer: {GRU: {units: 2,"
                + " go_backwards: true, return_sequences: true}}}",
            Semantics.KERAS3));
    Layer sum =
        Written.layer(
            "Bidirectional: {layer: {GRU: {units: 2}}, merge_mode: sum, backward_layer: {GRU:"
                + " {units: 3, go_backwards: true}}}");
    assertEquals(
        "the layers put out shapes (2) and (3), but merge_mode sum needs the same: give both the"
            + " same units, or concatenate them",
        String.valueOf(
            assertThrows(ShapeMismatchException.class, () -> sum.outputShapes(inputs()))
                .getMessage()));
  }

  @Test
  void bothLayersNeedInitialStates() {
    Layer layer = Written.layer("Bidirectional: {layer: {GRU: {units: 2}}}");
    List<Shape> inputs = List.of(Shape.of(5, 3), Shape.of(2));
    assertEquals(
        "found a sequence and 1 initial state, expected as many for the layer that reads forwards as"
            + " for the one that reads backwards: first those of the one, then those of the other",
        assertThrows(ShapeMismatchException.class, () -> layer.outputShapes(inputs)).getMessage());
  }

  private static String mistake(String text, Semantics semantics) {
    return String.valueOf(
        assertThrows(
                IllegalArgumentException.class,
                () -> Written.component(Layer.class, text, semantics))
            .getMessage());
  }

  /** tf_keras turns the direction round for the second layer, Keras 3 sets it. */
  @Test
  void theFirstLayerOfTfKerasMayReadBackwards() {
    Layer layer =
        Written.component(
            Layer.class,
            "Bidirectional: {layer: {GRU: {units: 2, go_backwards: true}}}",
            Semantics.TF2);
    assertEquals(List.of(Shape.of(4)), layer.outputShapes(inputs()));
  }
}
