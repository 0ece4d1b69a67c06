package org.rondoml.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
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
        "narrow.npy: array 'x' has samples of shape (5, 1), but the model's Input expects (?, 2):"
            + " give the Input the shape of the samples, or the samples that of the Input",
        assertThrows(DataException.class, () -> SampleData.of(narrow, graph, Precision.FLOAT64))
            .getMessage());
  }

  @Test
  void aLastAxisOfOneMoreOrLessIsNoMatter() {
    Dataset rows = new Dataset(Map.of("x", Nd4j.arange(12).reshape(4, 3)), List.of(), null, "d");
    INDArray columns = Nd4j.arange(12).reshape(4, 3, 1);
    for (Shape shape : List.of(Shape.of(3), Shape.of(3, 1))) {
      Graph graph =
          Graph.of(
              List.of(new LayerNode("x", "Input", new Entrance(shape), true, List.of())),
              List.of());
      for (Dataset data : List.of(rows, new Dataset(Map.of("x", columns), List.of(), null, "d"))) {
        SampleData samples = SampleData.of(data, graph, Precision.FLOAT64);
        assertEquals(List.of(shape), samples.inputShapes());
        Memory first = Memory.of(Nd4j.zeros(Precision.FLOAT64.dataType(), 1, 3));
        samples.gatherInput(0, new int[] {2}, 0, 1, first);
        assertArrayEquals(new double[] {6, 7, 8}, first.array().data().asDouble());
      }
    }
  }

  private static String refused(Map<String, INDArray> inputs, List<INDArray> targets) {
    Graph graph =
        Graph.of(
            List.of(
                new LayerNode("a", "Input", new Entrance(Shape.of(2)), true, List.of()),
                new LayerNode("b", "Input", new Entrance(Shape.of(2)), true, List.of())),
            List.of("a", "b"));
    Dataset data = new Dataset(inputs, targets, null, "d.npz");
    return assertThrows(
            DataException.class,
            () -> SampleData.of(data, graph, Precision.FLOAT64).requireFinite())
        .getMessage();
  }

  @Test
  void arraysThatDoNotGoToTheInputsAreRefused() {
    INDArray x = Nd4j.zeros(4, 2);
    Map<String, INDArray> named = new LinkedHashMap<>();
    named.put("b", x);
    named.put("c", x);
    assertEquals(
        "d.npz: input arrays [b, c], but the model's Inputs are called [a, b]: give the arrays these"
            + " names, or all of them others to have them taken in their order",
        refused(named, List.of()));
    assertEquals(
        "d.npz: found one input array [x], expected one for each of the model's Inputs [a, b]",
        refused(Map.of("x", x), List.of()));
    assertEquals(
        "d.npz: found one target array, expected one for each of the model's outputs [a, b]",
        refused(Map.of("a", x, "b", x), List.of(x)));
  }

  @Test
  void whatIsNoNumberIsToldWithItsSample() {
    INDArray x = Nd4j.zeros(4, 2);
    INDArray y = Nd4j.zeros(4, 2);
    y.putScalar(2, 1, Double.NaN);
    assertEquals(
        "d.npz: sample 2: found NaN in target 2, expected numbers: no loss can be computed from it;"
            + " leave the sample out, or put a number in its place",
        refused(Map.of("a", x, "b", x), List.of(x, y)));
  }
}
