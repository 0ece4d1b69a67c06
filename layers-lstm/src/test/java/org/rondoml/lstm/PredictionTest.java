package org.rondoml.lstm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.KernelSelection;
import org.rondoml.core.compute.Kernels;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.engine.Network;
import org.rondoml.core.engine.Predictor;
import org.rondoml.core.engine.SampleData;
import org.rondoml.core.engine.Workers;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.graph.LayerNode;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.InputLayer;
import org.rondoml.core.spi.Layer;
import org.rondoml.tck.Written;

/**
 * Prediction keeps next to nothing of a sequence, takes the inputs a few steps at a time, and lets
 * threads share a single sample; the numbers are those of the loop that keeps everything.
 */
class PredictionTest {
  private static final int UNITS = 128; // 512 columns of gates: whole panels on any machine
  private static final int STEPS = 37; // no multiple of the steps taken at once

  private record Fed(Shape shape) implements InputLayer {}

  private static Layer layer(String kind, boolean sequences, boolean backwards) {
    return Written.layer(
        kind
            + ": {units: "
            + UNITS
            + ", recurrent_initializer: glorot_uniform, return_sequences: "
            + sequences
            + ", go_backwards: "
            + backwards
            + ", bias_initializer: random_normal}");
  }

  private static INDArray predict(
      Layer layer, Precision precision, INDArray x, int batchSize, int threads) {
    Graph graph =
        Graph.of(
            List.of(
                new LayerNode("input0", "Input", new Fed(Shape.of(STEPS, 3)), true, List.of()),
                new LayerNode("layer", "Recurrent", layer, true, List.of("input0"))),
            List.of());
    Network network = new Network(graph, precision, kernels(precision), 7);
    try (Workers workers = new Workers(threads)) {
      SampleData data =
          SampleData.of(new Dataset(Map.of("x", x), List.of(), null, "test"), graph, precision);
      return new Predictor(network, workers).predict(data, batchSize).get(0);
    }
  }

  private static Kernels kernels(Precision precision) {
    return KernelSelection.load(PredictionTest.class.getClassLoader()).kernels(precision);
  }

  @ParameterizedTest
  @CsvSource({
    "LSTM, FLOAT32, true, false",
    "LSTM, FLOAT32, false, true",
    "LSTM, FLOAT64, true, true",
    "LSTM, FLOAT64, false, false",
    "GRU, FLOAT32, true, false",
    "GRU, FLOAT32, false, true",
    "GRU, FLOAT64, true, true",
    "SimpleRNN, FLOAT32, true, true",
    "SimpleRNN, FLOAT64, false, false"
  })
  void itIsWhatTrainingWouldCompute(
      String kind, Precision precision, boolean sequences, boolean backwards) {
    Layer layer = layer(kind, sequences, backwards);
    INDArray x = Nd4j.rand(precision.dataType(), 21, STEPS, 3).subi(0.5);
    LayerRunner runner =
        new LayerRunner(layer, List.of(Shape.of(STEPS, 3)), 21, precision, kernels(precision), 7);
    INDArray expected = runner.forward(List.of(x), true, 0).get(0);
    double tolerance = precision == Precision.FLOAT32 ? 2e-6 : 1e-14;
    INDArray first = predict(layer, precision, x, 1, 1);
    for (int threads = 1; threads <= 3; threads++) {
      // The same bits, whoever computed which column.
      assertEquals(first, predict(layer, precision, x, 1, threads), threads + " threads");
      for (int batchSize : new int[] {1, 4, 21}) {
        INDArray found = predict(layer, precision, x, batchSize, threads);
        double difference =
            found.sub(expected).castTo(Precision.FLOAT64.dataType()).amaxNumber().doubleValue();
        assertEquals(0, difference, tolerance, "batches of " + batchSize);
      }
    }
  }
}
