package org.rondoml.core.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Constraint;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.InputLayer;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.Regularizer;
import org.rondoml.core.spi.ShapeMismatchException;

/**
 * A model: layers in an order in which each comes after those it takes its inputs from, with all
 * shapes known. Making one needs neither data nor native code.
 */
public final class Graph {
  private final List<Step> steps;
  private final List<Integer> inputs;
  private final List<Source> outputs;

  private Graph(List<Step> steps, List<Integer> inputs, List<Source> outputs) {
    this.steps = List.copyOf(steps);
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
  }

  /**
   * An output of a step.
   *
   * @param step the index of the step
   * @param output which of its outputs
   */
  public record Source(int step, int output) {}

  /**
   * A layer with its place, shapes and parameters.
   *
   * @param node the layer
   * @param sources where its inputs come from
   * @param inputShapes the shapes of its inputs
   * @param outputShapes the shapes of its outputs
   * @param parameters its parameters
   * @param owner the index of the step whose parameters these are: its own, but for a layer that is
   *     called again
   * @param isOwner whether the parameters are its own
   */
  public record Step(
      LayerNode node,
      List<Source> sources,
      List<Shape> inputShapes,
      List<Shape> outputShapes,
      List<ParameterSpec> parameters,
      int owner,
      boolean isOwner) {
    /** Copies the lists. */
    public Step {
      sources = List.copyOf(sources);
      inputShapes = List.copyOf(inputShapes);
      outputShapes = List.copyOf(outputShapes);
      parameters = List.copyOf(parameters);
    }

    /** Whether this is where data enters. */
    public boolean isInput() {
      return node.layer() instanceof InputLayer;
    }

    /** The number of elements of all parameters that are its own. */
    public long parameterCount() {
      return !isOwner ? 0 : parameters.stream().mapToLong(p -> p.shape().size()).sum();
    }

    /** What a sample costs here. */
    public Cost cost() {
      return node.layer().cost(inputShapes);
    }
  }

  /**
   * The graph of some layers.
   *
   * @param nodes the layers; each may only take inputs from layers before it
   * @param outputs {@linkplain Reference references} to the model's outputs; empty for the last
   *     layer's
   * @throws GraphException where the layers don't fit together: every misfit
   */
  public static Graph of(List<LayerNode> nodes, List<String> outputs) {
    List<GraphException.Misfit> misfits = new ArrayList<>();
    Map<String, Integer> byName = new HashMap<>();
    List<@Nullable Step> steps = new ArrayList<>();
    List<Integer> inputs = new ArrayList<>();
    for (int index = 0; index < nodes.size(); index++) {
      LayerNode node = nodes.get(index);
      steps.add(step(node, index, byName, steps, misfits));
      if (byName.putIfAbsent(node.name(), index) != null) {
        misfits.add(
            new GraphException.Misfit(
                index,
                "the name '" + node.name() + "' is taken by an earlier layer; names are unique"));
      }
      if (node.layer() instanceof InputLayer) {
        inputs.add(index);
      }
    }
    if (inputs.isEmpty()) {
      misfits.add(
          new GraphException.Misfit(
              -1,
              "no Input: the first layer is an Input with the shape of a sample, Input: {shape: [28, 28]}"));
    }
    List<Source> ends = ends(nodes, outputs, byName, steps, misfits);
    if (!misfits.isEmpty()) {
      throw new GraphException(misfits);
    }
    List<Step> whole = new ArrayList<>();
    for (Step step : steps) {
      if (step != null) {
        whole.add(step);
      }
    }
    Graph graph = new Graph(whole, inputs, ends);
    List<GraphException.Misfit> unused = graph.unused();
    if (!unused.isEmpty()) {
      throw new GraphException(unused);
    }
    return graph;
  }

  /** The layers that no output needs: Keras leaves them out silently, here they are a mistake. */
  private List<GraphException.Misfit> unused() {
    List<Integer> needed = new ArrayList<>();
    outputs.forEach(output -> visit(output.step(), needed, new ArrayList<>()));
    List<GraphException.Misfit> misfits = new ArrayList<>();
    for (int index = 0; index < steps.size(); index++) {
      if (!needed.contains(index)) {
        misfits.add(
            new GraphException.Misfit(
                index,
                "nothing uses what this layer puts out: take it with 'from', name it in model.outputs, or"
                    + " leave it out",
                true));
      }
    }
    return misfits;
  }

  private static @Nullable Step step(
      LayerNode node,
      int index,
      Map<String, Integer> byName,
      List<@Nullable Step> before,
      List<GraphException.Misfit> misfits) {
    List<Source> sources = new ArrayList<>();
    List<Shape> shapes = new ArrayList<>();
    boolean complete = true;
    for (String text : node.from()) {
      Reference reference = Reference.of(text);
      String name = reference.layer();
      Integer source = byName.get(name);
      if (source == null) {
        misfits.add(
            new GraphException.Misfit(
                index,
                "takes its input from '"
                    + name
                    + "', but no layer before it has that name; found "
                    + names(byName.keySet())));
        complete = false;
        continue;
      }
      Step step = before.get(source);
      if (step == null) {
        complete = false;
        continue;
      }
      String mistake = reference.mistake(step.outputShapes().size());
      if (mistake != null) {
        misfits.add(new GraphException.Misfit(index, mistake));
        complete = false;
        continue;
      }
      for (int output = 0; output < step.outputShapes().size(); output++) {
        if (reference.output() == null || reference.output() == output) {
          sources.add(new Source(source, output));
          shapes.add(step.outputShapes().get(output));
        }
      }
    }
    if (!complete) {
      return null;
    }
    try {
      List<Shape> outputs = node.layer().outputShapes(shapes);
      List<ParameterSpec> parameters = node.layer().parameters(shapes);
      parameters.forEach(Graph::checkParameter);
      node.layer().activityRegularizer().ifPresent(r -> outputs.forEach(r::checkOutput));
      String shares = node.shares();
      if (shares == null) {
        return new Step(node, sources, shapes, outputs, parameters, index, true);
      }
      Integer owner = byName.get(shares);
      Step first = owner == null ? null : before.get(owner);
      if (owner == null || first == null) {
        if (owner == null) {
          misfits.add(
              new GraphException.Misfit(
                  index,
                  "is '"
                      + shares
                      + "' called again, but no layer before it has that name; found "
                      + names(byName.keySet())));
        }
        return null;
      }
      checkSameParameters(first, parameters);
      return new Step(node, sources, shapes, outputs, first.parameters(), first.owner(), false);
    } catch (ShapeMismatchException e) {
      misfits.add(new GraphException.Misfit(index, String.valueOf(e.getMessage())));
      return null;
    }
  }

  private static void checkParameter(ParameterSpec parameter) {
    parameter.initializer().check(parameter.shape());
    Regularizer regularizer = parameter.regularizer();
    if (regularizer != null) {
      regularizer.checkParameter(parameter.shape());
    }
    Constraint constraint = parameter.constraint();
    if (constraint != null) {
      constraint.check(parameter.shape());
    }
  }

  /** A layer that is called again has the parameters of its first call. */
  private static void checkSameParameters(Step first, List<ParameterSpec> found) {
    for (int i = 0; i < found.size(); i++) {
      Shape expected = first.parameters().get(i).shape();
      if (!found.get(i).shape().equals(expected)) {
        throw new ShapeMismatchException(
            "is '"
                + first.node().name()
                + "' called again, whose "
                + found.get(i).name()
                + " has shape "
                + expected
                + ", but would need shape "
                + found.get(i).shape()
                + " for this input: give it inputs like those of its first call");
      }
    }
  }

  private static List<Source> ends(
      List<LayerNode> nodes,
      List<String> outputs,
      Map<String, Integer> byName,
      List<@Nullable Step> steps,
      List<GraphException.Misfit> misfits) {
    if (outputs.isEmpty()) {
      return List.of(new Source(nodes.size() - 1, 0));
    }
    List<Source> ends = new ArrayList<>();
    for (String text : outputs) {
      Reference reference = Reference.of(text);
      Integer index = byName.get(reference.layer());
      Step step = index == null ? null : steps.get(index);
      if (index == null) {
        misfits.add(
            new GraphException.Misfit(
                -1, "output '" + text + "' is no layer's name; found " + names(byName.keySet())));
      } else if (step != null) {
        Integer wanted = reference.output();
        String mistake = reference.mistake(step.outputShapes().size());
        if (mistake != null) {
          misfits.add(new GraphException.Misfit(-1, "output " + mistake));
        } else {
          Source end = new Source(index, wanted == null ? 0 : wanted);
          if (ends.contains(end)) {
            misfits.add(
                new GraphException.Misfit(
                    -1, "output '" + text + "' is named twice: name each output once"));
          }
          ends.add(end);
        }
      }
    }
    return ends;
  }

  private static String names(Set<String> names) {
    return String.join(", ", new LinkedHashSet<>(names).stream().sorted().toList());
  }

  /** The layers, in order. */
  public List<Step> steps() {
    return steps;
  }

  /**
   * The layers that the outputs need, in the order of Keras' {@code Functional.layers}: that of
   * {@code get_weights()} and of the layers in its files. Layers farther from the outputs come
   * first; among those equally far, the one met first on the way from the outputs to the inputs.
   * For a plain list of layers that is the list. A layer that is called again stands once, as far
   * from the outputs as its farthest call.
   *
   * <p>Source: {@code map_graph} in {@code keras/src/ops/function.py}.
   */
  public List<Step> stepsByDepth() {
    List<Integer> met = new ArrayList<>();
    List<Integer> sorted = new ArrayList<>();
    outputs.forEach(output -> visit(output.step(), met, sorted));
    int[] depth = new int[steps.size()];
    for (int i = sorted.size() - 1; i >= 0; i--) {
      int step = sorted.get(i);
      for (Source source : steps.get(step).sources()) {
        depth[source.step()] = Math.max(depth[source.step()], depth[step] + 1);
      }
    }
    for (int step = 0; step < depth.length; step++) {
      int owner = steps.get(step).owner();
      depth[owner] = Math.max(depth[owner], depth[step]);
    }
    return met.stream()
        .map(step -> steps.get(step).owner())
        .distinct()
        .sorted(Comparator.comparingInt(step -> -depth[step]))
        .map(steps::get)
        .toList();
  }

  /**
   * Goes from a step to the inputs.
   *
   * @param met gathers the steps, each before those it takes its inputs from
   * @param sorted gathers the steps, each after those it takes its inputs from
   */
  private void visit(int step, List<Integer> met, List<Integer> sorted) {
    if (met.contains(step)) {
      return;
    }
    met.add(step);
    steps.get(step).sources().forEach(source -> visit(source.step(), met, sorted));
    sorted.add(step);
  }

  /** The indices of the steps where data enters, in order. */
  public List<Integer> inputs() {
    return inputs;
  }

  /** The model's outputs, in order. */
  public List<Source> outputs() {
    return outputs;
  }

  /** The shapes of a sample at the model's inputs. */
  public List<Shape> inputShapes() {
    return inputs.stream().map(i -> steps.get(i).outputShapes().get(0)).toList();
  }

  /**
   * This graph for inputs of known shapes, where it leaves sizes open; itself where it leaves none.
   *
   * @param shapes the shapes of a sample at the inputs, which the graph's own accept
   * @throws ShapeMismatchException where a layer can't take what it would get
   */
  public Graph withInputs(List<Shape> shapes) {
    if (shapes.equals(inputShapes())) {
      return this;
    }
    List<Step> known = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      List<Shape> in =
          step.sources().stream()
              .map(source -> known.get(source.step()).outputShapes().get(source.output()))
              .toList();
      List<Shape> out =
          step.isInput() ? List.of(shapes.get(inputs.indexOf(i))) : outputShapes(step.node(), in);
      known.add(
          new Step(
              step.node(), step.sources(), in, out, step.parameters(), step.owner(), step.isOwner));
    }
    return new Graph(known, inputs, outputs);
  }

  private static List<Shape> outputShapes(LayerNode node, List<Shape> inputs) {
    try {
      return node.layer().outputShapes(inputs);
    } catch (ShapeMismatchException e) {
      throw new ShapeMismatchException("layer '" + node.name() + "': " + e.getMessage());
    }
  }

  /** The shapes of a sample at the model's outputs. */
  public List<Shape> outputShapes() {
    return outputs.stream().map(o -> steps.get(o.step()).outputShapes().get(o.output())).toList();
  }

  /** The number of elements of all parameters. */
  public long parameterCount() {
    return steps.stream().mapToLong(Step::parameterCount).sum();
  }
}
