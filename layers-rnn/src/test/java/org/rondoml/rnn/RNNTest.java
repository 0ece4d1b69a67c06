package org.rondoml.rnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.tck.MaskedLayerContract;
import org.rondoml.tck.ReferenceKernels;
import org.rondoml.tck.Written;

class RNNTest extends MaskedLayerContract {
  private static final String STACK =
      "RNN: {cell: [{GRUCell: {units: 2}}, {SimpleRNNCell: {units: 3}}], return_sequences: true}";

  @Override
  protected Layer layer() {
    return Written.layer(STACK);
  }

  @Override
  protected List<Shape> inputs() {
    return List.of(Shape.of(4, 2));
  }

  /** Cells upon one another compute what layers one after another do. */
  @Test
  void aStackIsLayersOneAfterAnother() {
    LayerRunner stack = runner(STACK, 2);
    LayerRunner first = runner("GRU: {units: 2, return_sequences: true}", 2);
    LayerRunner second = runner("SimpleRNN: {units: 3, return_sequences: true}", 2);
    copy(stack, "cells/gru_cell/", first);
    copy(stack, "cells/simple_rnn_cell/", second);
    INDArray x = Nd4j.rand(stack.parameter("cells/gru_cell/kernel").dataType(), 2, 4, 2);
    INDArray expected = second.forward(first.forward(List.of(x), false, 0), false, 0).get(0);
    assertEquals(expected, stack.forward(List.of(x), false, 0).get(0));
  }

  private static LayerRunner runner(String text, int features) {
    return new LayerRunner(
        Written.layer(text),
        List.of(Shape.of(4, features)),
        2,
        Precision.FLOAT64,
        new ReferenceKernels(),
        1);
  }

  private static void copy(LayerRunner from, String prefix, LayerRunner to) {
    to.parameterNames().forEach(n -> to.parameter(n).assign(from.parameter(prefix + n)));
  }

  @Test
  void filesKeepCellsWhereKerasDoes() {
    List<ParameterSpec> specs =
        Written.layer(
                "RNN: {cell: [{GRUCell: {units: 2}}, {GRUCell: {units: 3, trainable: false}}]}")
            .parameters(List.of(Shape.of(4, 2)));
    assertEquals(
        List.of(
            "cells/gru_cell/kernel in cell/cells/gru_cell true",
            "cells/gru_cell/recurrent_kernel in cell/cells/gru_cell true",
            "cells/gru_cell/bias in cell/cells/gru_cell true",
            "cells/gru_cell_1/kernel in cell/cells/gru_cell_1 false",
            "cells/gru_cell_1/recurrent_kernel in cell/cells/gru_cell_1 false",
            "cells/gru_cell_1/bias in cell/cells/gru_cell_1 false"),
        specs.stream().map(p -> p.name() + " in " + p.group() + " " + p.trainable()).toList());
    assertEquals(
        List.of("kernel in cell", "recurrent_kernel in cell", "bias in cell"),
        Written.layer("RNN: {cell: {SimpleRNNCell: {units: 3}}}")
            .parameters(List.of(Shape.of(4, 2)))
            .stream()
            .map(p -> p.name() + " in " + p.group())
            .toList());
    assertEquals(
        List.of(
            "cells/simple_rnn_cell/kernel in cell/cells/simple_rnn_cell",
            "cells/simple_rnn_cell/recurrent_kernel in cell/cells/simple_rnn_cell",
            "cells/simple_rnn_cell/bias in cell/cells/simple_rnn_cell"),
        Written.layer("RNN: {cell: [{SimpleRNNCell: {units: 3}}]}")
            .parameters(List.of(Shape.of(4, 2)))
            .stream()
            .map(p -> p.name() + " in " + p.group())
            .toList());
  }

  @Test
  void mistakesOfCellsAreToldAsThoseOfLayers() {
    assertEquals(
        "unknown key (did you mean 'units'?)", message("RNN: {cell: [{GRUCell: {unitz: 2}}]}"));
    assertEquals("found an empty list, expected at least one entry", message("RNN: {cell: []}"));
  }

  private static String message(String text) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> Written.layer(text)).getMessage());
  }

  /** {@code Layer.__call__} of Keras 3 finds no {@code mask} for several tensors; tf_keras does. */
  @Test
  void masksBesideStatesArePassedOverInKeras3() {
    INDArray x = Nd4j.createFromArray(1.0, 2, 3).reshape(1, 3, 1);
    INDArray state = Nd4j.createFromArray(0.5).reshape(1, 1);
    Mask mask = Mask.of(Shape.of(3), 1, new boolean[] {true, false, true});
    String text = "SimpleRNN: {units: 1, activation: linear, return_sequences: true}";
    assertEquals(List.of(1.5, 3.5, 6.5), outputs(text, Semantics.KERAS3, List.of(x, state), mask));
    assertEquals(List.of(1.5, 1.5, 4.5), outputs(text, Semantics.TF2, List.of(x, state), mask));
    assertEquals(List.of(1.0, 1.0, 4.0), outputs(text, Semantics.KERAS3, List.of(x), mask));
  }

  private static List<Double> outputs(
      String text, Semantics semantics, List<INDArray> inputs, Mask mask) {
    LayerRunner runner =
        new LayerRunner(
            Written.component(Layer.class, text, semantics),
            inputs.size() == 1 ? List.of(Shape.of(3, 1)) : List.of(Shape.of(3, 1), Shape.of(1)),
            1,
            Precision.FLOAT64,
            new ReferenceKernels(),
            1);
    runner.parameter("kernel").assign(1);
    runner.parameter("recurrent_kernel").assign(1);
    INDArray y = runner.forward(inputs, List.of(mask), false, 0).get(0);
    assertEquals(mask, runner.outputMasks().get(0));
    return List.of(y.getDouble(0, 0, 0), y.getDouble(0, 1, 0), y.getDouble(0, 2, 0));
  }
}
