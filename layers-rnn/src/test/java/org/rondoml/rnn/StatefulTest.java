package org.rondoml.rnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.rondoml.api.Precision;
import org.rondoml.api.Shape;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.tck.ReferenceKernels;
import org.rondoml.tck.Written;

/** A stateful layer goes on where the batch before it ended. */
class StatefulTest {
  private static LayerRunner runner(String layer, int steps) {
    return new LayerRunner(
        Written.layer(layer),
        List.of(Shape.of(steps, 2)),
        3,
        Precision.FLOAT64,
        new ReferenceKernels(),
        1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SimpleRNN: {units: 3, return_sequences: true, stateful: STATEFUL}",
        "GRU: {units: 3, return_sequences: true, stateful: STATEFUL}",
        "RNN: {cell: [{GRUCell: {units: 2}}, {SimpleRNNCell: {units: 3}}], return_sequences: true,"
            + " stateful: STATEFUL}"
      })
  void twoHalvesAreTheWhole(String text) {
    LayerRunner whole = runner(text.replace("STATEFUL", "false"), 6);
    LayerRunner halves = runner(text.replace("STATEFUL", "true"), 3);
    INDArray x = Nd4j.rand(DataType.DOUBLE, 3, 6, 2);
    INDArray expected = whole.forward(List.of(x), true, 0).get(0);
    INDArray first = halves.forward(List.of(steps(x, 0, 3)), true, 0).get(0);

    // An evaluation in between starts from zeros and leaves the states of training alone.
    halves.beginEvaluation();
    assertEquals(first, halves.forward(List.of(steps(x, 0, 3)), false, 0).get(0));
    assertNotEquals(first, halves.forward(List.of(steps(x, 0, 3)), false, 0).get(0));
    halves.beginEvaluation();
    assertEquals(first, halves.forward(List.of(steps(x, 0, 3)), false, 0).get(0));

    INDArray second = halves.forward(List.of(steps(x, 3, 6)), true, 0).get(0);
    assertEquals(steps(expected, 0, 3), first);
    assertEquals(steps(expected, 3, 6), second);
  }

  private static INDArray steps(INDArray sequence, int from, int to) {
    return sequence
        .get(NDArrayIndex.all(), NDArrayIndex.interval(from, to), NDArrayIndex.all())
        .dup('c');
  }
}
