package org.rondoml.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.DataException;
import org.rondoml.api.Precision;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.graph.LayerNode;
import org.rondoml.core.random.Permutation;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.InputLayer;

class SampleDataTest {
  @Test
  void aCycleBeginsAnewAfterTheLastSample() {
    Graph graph = LinearModel.graph(0);
    int features = (int) graph.inputShapes().get(0).size();
    SampleData three =
        SampleData.of(
            new Dataset(
                Map.of("x", Nd4j.arange(3 * features).reshape('c', 3, features)),
                List.of(Nd4j.createFromArray(7.0, 8.0, 9.0).reshape('c', 3, 1)),
                Nd4j.createFromArray(1.0, 2.0, 3.0),
                "three"),
            graph,
            Precision.FLOAT64);

    SampleData five = three.cycle(5);

    assertEquals(5, five.size());
    Memory y = Memory.of(Nd4j.zeros(Precision.FLOAT64.dataType(), 5, 1));
    five.gatherTarget(0, Permutation.identity(5), 0, 5, y);
    assertArrayEquals(new double[] {7, 8, 9, 7, 8}, y.array().data().asDouble());
    Memory x = Memory.of(Nd4j.zeros(Precision.FLOAT64.dataType(), 5, features));
    five.gatherInput(0, Permutation.identity(5), 0, 5, x);
    assertEquals(features, x.array().getDouble(4, 0));
    assertEquals(2, five.weights().of(4, 0, 1));
    assertEquals(2, three.cycle(2).size());
  }

  private record Entrance(Shape shape) implements InputLayer {}

  @Test
  void theDataFillsASizeThatIsLeftOpen() {
    Graph graph =
        Graph.of(
            List.of(
                new LayerNode(
                    "x", "Input", new Entrance(Shape.of(Shape.UNKNOWN, 2)), true, List.of())),
            List.of());
    Dataset data = new Dataset(Map.of("x", Nd4j.zeros(4, 5, 2)), List.of(), null, "four.npy");
    SampleData samples = SampleData.of(data, graph, Precision.FLOAT64);
    assertEquals(List.of(Shape.of(5, 2)), samples.inputShapes());
    assertEquals(List.of(Shape.of(5, 2)), graph.withInputs(samples.inputShapes()).outputShapes());
    Dataset narrow = new Dataset(Map.of("x", Nd4j.zeros(4, 5, 1)), List.of(), null, "narrow.npy");
    assertEquals(
        "narrow.npy: array 'x' has samples of shape (5, 1), but the model's Input expects (?, 2)",
        assertThrows(DataException.class, () -> SampleData.of(narrow, graph, Precision.FLOAT64))
            .getMessage());
  }
}
