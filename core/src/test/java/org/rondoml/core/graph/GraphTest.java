package org.rondoml.core.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.InputLayer;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.core.spi.UnaryLayer;

class GraphTest {
  private record Input(Shape shape) implements InputLayer {}

  /** Wants a length and gives another. */
  private record Resize(int from, int to) implements UnaryLayer {
    @Override
    public Shape outputShape(Shape input) {
      if (input.dimension(-1) != from) {
        throw new ShapeMismatchException("found " + input + ", expected length " + from);
      }
      return Shape.of(to);
    }

    @Override
    public INDArray forward(LayerContext context, INDArray input) {
      throw new IllegalStateException("not computed here");
    }

    @Override
    public INDArray backward(LayerContext context, INDArray outputGradient) {
      throw new IllegalStateException("not computed here");
    }
  }

  private static LayerNode node(String name, Layer layer, String... from) {
    return new LayerNode(name, layer.getClass().getSimpleName(), layer, true, List.of(from));
  }

  private static String misfits(List<LayerNode> nodes, List<String> outputs) {
    return assertThrows(GraphException.class, () -> Graph.of(nodes, outputs)).misfits().stream()
        .map(misfit -> misfit.layer() + ": " + misfit.message())
        .toList()
        .toString();
  }

  @Test
  void shapesFlowThroughTheLayers() {
    Graph graph =
        Graph.of(
            List.of(
                node("x", new Input(Shape.of(3))),
                node("a", new Resize(3, 5), "x"),
                node("b", new Resize(3, 2), "x")),
            List.of("b", "a"));
    assertEquals(List.of(Shape.of(3)), graph.inputShapes());
    assertEquals(List.of(Shape.of(2), Shape.of(5)), graph.outputShapes());
  }

  /**
   * {@code [l.name for l in Model([x, y], [short, b2, a2]).layers]} in Keras 3.15 and tf_keras
   * 2.21.
   */
  @Test
  void layersByDepthStandInKerasOrder() {
    Graph graph =
        Graph.of(
            List.of(
                node("x", new Input(Shape.of(3))),
                node("y", new Input(Shape.of(4))),
                node("a1", new Resize(3, 5), "x"),
                node("a2", new Resize(5, 6), "a1"),
                node("b1", new Resize(4, 2), "y"),
                node("b2", new Resize(2, 7), "b1"),
                node("short", new Resize(3, 1), "x")),
            List.of("short", "b2", "a2"));
    assertEquals(
        List.of("x", "y", "b1", "a1", "short", "b2", "a2"),
        graph.stepsByDepth().stream().map(step -> step.node().name()).toList());
  }

  @Test
  void everyMisfitIsTold() {
    assertEquals(
        "[1: found (3), expected length 4,"
            + " 3: takes its input from 'z', but no layer before it has that"
            + " name; found a, b, x,"
            + " -1: output 'q' is no layer's name; found a, b, c, x]",
        misfits(
            List.of(
                node("x", new Input(Shape.of(3))),
                node("a", new Resize(4, 5), "x"),
                node("b", new Resize(9, 1), "a"),
                node("c", new Resize(3, 5), "z")),
            List.of("q")));
  }

  private static LayerNode again(String name, String shares, Layer layer, String... from) {
    return new LayerNode(name, "Resize", layer, true, List.of(from), shares);
  }

  @Test
  void aLayerThatIsCalledAgainHasOneSetOfParameters() {
    Resize resize = new Resize(3, 5);
    Graph graph =
        Graph.of(
            List.of(
                node("x", new Input(Shape.of(3))),
                node("y", new Input(Shape.of(3))),
                node("a", resize, "x"),
                again("b", "a", resize, "y")),
            List.of("a", "b"));
    assertEquals(2, graph.steps().get(3).owner());
    assertEquals(
        List.of("x", "y", "a"),
        graph.stepsByDepth().stream().map(step -> step.node().name()).toList());
    assertEquals(
        "[2: is 'q' called again, but no layer before it has that name; found" + " a, x]",
        misfits(
            List.of(
                node("x", new Input(Shape.of(3))),
                node("a", resize, "x"),
                again("b", "q", resize, "x")),
            List.of("a")));
  }

  @Test
  void anOutputThatIsNotThereIsAMistake() {
    assertEquals(
        "[1: 'x/1' is no output: 'x' puts out one array, 'x/0'; last states"
            + " are outputs with return_state: true]",
        misfits(
            List.of(node("x", new Input(Shape.of(3))), node("a", new Resize(3, 5), "x/1")),
            List.of()));
  }

  @Test
  void aLayerThatNothingUsesIsAMistake() {
    assertEquals(
        "[1: nothing uses what this layer puts out: take it with 'from', name"
            + " it in model.outputs, or leave it out]",
        misfits(
            List.of(
                node("x", new Input(Shape.of(3))),
                node("a", new Resize(3, 5), "x"),
                node("b", new Resize(3, 2), "x")),
            List.of()));
  }

  @Test
  void namesAreUniqueAndThereIsAnInput() {
    assertEquals(
        "[1: the name 'x' is taken by an earlier layer; names are unique]",
        misfits(
            List.of(node("x", new Input(Shape.of(3))), node("x", new Input(Shape.of(3)))),
            List.of()));
    assertEquals(
        "[-1: no Input: the first layer is an Input with the shape of a"
            + " sample, Input: {shape: [28, 28]}]",
        misfits(List.of(), List.of()));
  }
}
