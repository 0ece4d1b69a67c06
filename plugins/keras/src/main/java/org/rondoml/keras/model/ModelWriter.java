package org.rondoml.keras.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.rondoml.api.ModelFileException;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.Node;
import org.rondoml.core.config.Place;
import org.rondoml.core.config.Problems;
import org.rondoml.core.exchange.ModelDescription;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Layer;

/**
 * Writes a model as Keras' {@code model.to_json()} does: a chain of layers as a Sequential model,
 * anything else as a Functional one. How it is compiled stands there for Keras 3 alone, since no
 * older {@code model_from_json} reads it.
 */
final class ModelWriter {
  private final ModelDescription model;
  private final boolean keras3;
  private final ConfigWriter configs;
  private final Problems problems = new Problems();
  private final List<Graph.Step> steps;
  private final Registry registry;

  private ModelWriter(ModelDescription model, Registry registry) {
    this.model = model;
    this.keras3 = model.semantics() == Semantics.KERAS3;
    this.steps = model.graph().steps();
    this.registry = registry;
    this.configs =
        new ConfigWriter(registry, model.semantics(), model.precision(), Refusals.of(problems));
  }

  /**
   * The JSON of a model.
   *
   * @throws ModelFileException where the model has what Keras doesn't: all of it
   */
  static String text(ModelDescription model, Registry registry) {
    ModelWriter writer = new ModelWriter(model, registry);
    Map<String, Object> object = writer.isChain() ? writer.sequential() : writer.functional();
    if (writer.keras3 && model.compilation() instanceof Node.Mapping compilation) {
      object.put("compile_config", writer.compilation(compilation));
    }
    if (writer.problems.hasErrors()) {
      throw new ModelFileException(writer.problems.sorted());
    }
    if (!writer.keras3) {
      object.put("keras_version", Generation.version(model.semantics()));
      object.put("backend", "tensorflow");
    }
    return JsonText.of(object);
  }

  private Map<String, Object> compilation(Node.Mapping section) {
    Place place = new Place(new Location(model.file(), 0, 0), "compile");
    return new CompileWriter(registry, configs, model.graph().outputs().size())
        .write(section, place);
  }

  /** Whether each layer takes in what the one above puts out, and nothing else is told them. */
  private boolean isChain() {
    boolean chain =
        steps.get(0).isInput()
            && model.graph().outputs().equals(List.of(new Graph.Source(steps.size() - 1, 0)));
    for (int i = 0; chain && i < steps.size(); i++) {
      Graph.Step step = steps.get(i);
      chain =
          step.isOwner()
              && step.outputShapes().size() == 1
              && (i == 0 || step.sources().equals(List.of(new Graph.Source(i - 1, 0))))
              && callArguments(i).isEmpty();
    }
    return chain;
  }

  private Map<String, Object> sequential() {
    List<Object> layers = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      layers.add(layer(i));
    }
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", model.name());
    config.put("layers", layers);
    return configs.object("keras", "Sequential", config);
  }

  private Map<String, Object> functional() {
    List<Object> layers = new ArrayList<>();
    List<Object> inputs = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Graph.Step step = steps.get(i);
      if (!step.isOwner()) {
        continue;
      }
      Map<String, Object> layer = layer(i);
      layer.put("name", step.node().name());
      List<Object> calls = new ArrayList<>();
      for (int call = i; !step.isInput() && call < steps.size(); call++) {
        if (steps.get(call).owner() == i) {
          calls.add(call(call));
        }
      }
      layer.put("inbound_nodes", calls);
      layers.add(layer);
      if (step.isInput()) {
        inputs.add(history(new Graph.Source(i, 0)));
      }
    }
    List<Object> outputs = new ArrayList<>();
    model.graph().outputs().forEach(output -> outputs.add(history(output)));
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", model.name());
    config.put("layers", layers);
    config.put("input_layers", several(inputs));
    config.put("output_layers", several(outputs));
    return configs.object("keras.src.models.functional", "Functional", config);
  }

  /** Keras 3 tells a model that gives an array from one that gives a list of one. */
  private Object several(List<Object> ends) {
    return keras3 && ends.size() == 1 ? ends.get(0) : ends;
  }

  private Node.Entry item(int step) {
    return model.layers().get(step).entries().get(0);
  }

  private Map<String, Object> layer(int index) {
    Graph.Step step = steps.get(index);
    Node.Entry item = item(index);
    if (step.isInput()) {
      return input(step, item);
    }
    Place place = new Place(new Location(model.file(), 0, 0), "model.layers[" + index + "]");
    Map<String, Object> layer = configs.ofLayer(step.node().name()).layer(Layer.class, item, place);
    if (!keras3 && CallStyle.of(item) == CallStyle.ONE_BY_ONE) {
      // tf_keras asks for them before it makes the layer, though the call tells them again.
      List<Shape> shapes = step.inputShapes();
      Map<String, Object> config = config(layer);
      config.put("query_shape", batchShape(shapes.get(0)));
      config.put("value_shape", batchShape(shapes.get(1)));
      config.put("key_shape", batchShape(shapes.get(shapes.size() > 2 ? 2 : 1)));
    }
    return layer;
  }

  @SuppressWarnings("unchecked") // ConfigWriter's objects have maps for configs
  private static Map<String, Object> config(Map<String, Object> layer) {
    return (Map<String, Object>) Objects.requireNonNull(layer.get("config"));
  }

  private Map<String, Object> input(Graph.Step step, Node.Entry item) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put(
        keras3 ? "batch_shape" : "batch_input_shape", batchShape(step.outputShapes().get(0)));
    config.put(
        "dtype",
        item.value() instanceof Node.Mapping keys
                && keys.get("dtype") instanceof Node.Scalar dtype
                && !dtype.isNull()
            ? dtype.text()
            : model.precision().toString());
    config.put("sparse", false);
    config.put("name", step.node().name());
    return configs.object("keras.layers", "InputLayer", config);
  }

  private List<Object> batchShape(Shape shape) {
    List<Object> sizes = new ArrayList<>();
    boolean stateful = model.layers().stream().anyMatch(ModelWriter::isStateful);
    sizes.add(stateful ? number(model.batchSize()) : JsonText.NULL);
    shape.dimensions().forEach(d -> sizes.add(d == Shape.UNKNOWN ? JsonText.NULL : number(d)));
    return sizes;
  }

  private static Object number(long number) {
    return new JsonText.Numeral(Long.toString(number));
  }

  /** Whether a layer, or one in it, keeps its states: Keras then wants to know the batch's size. */
  private static boolean isStateful(Node node) {
    return node instanceof Node.Mapping mapping
        && mapping.entries().stream()
            .anyMatch(
                e ->
                    isStateful(e.value())
                        || (e.key().equals("stateful")
                            && e.value() instanceof Node.Scalar on
                            && on.text().equals("true")));
  }

  /** {@code [name, call, output]}. */
  private List<Object> history(Graph.Source source) {
    int owner = steps.get(source.step()).owner();
    int call = 0;
    for (int i = owner; i < source.step(); i++) {
      call += steps.get(i).owner() == owner ? 1 : 0;
    }
    return List.of(steps.get(owner).node().name(), number(call), number(source.output()));
  }

  private Map<String, Object> callArguments(int index) {
    Map<String, Object> arguments = new HashMap<>();
    if (item(steps.get(index).owner()).value() instanceof Node.Mapping keys) {
      for (Node.Entry entry : keys.entries()) {
        if (KerasDifferences.isCallArgument(entry.key())
            && entry.value() instanceof Node.Scalar on
            && on.text().equals("true")) {
          arguments.put(entry.key(), true);
        }
      }
    }
    return arguments;
  }

  private Object call(int index) {
    Graph.Step step = steps.get(index);
    CallStyle style = CallStyle.of(item(step.owner()));
    Map<String, Object> keywords = new LinkedHashMap<>(callArguments(index));
    List<Graph.Source> sources = step.sources();
    return keras3
        ? keras3Call(step, style, sources, keywords)
        : olderCall(style, sources, keywords);
  }

  private Object keras3Call(
      Graph.Step step, CallStyle style, List<Graph.Source> sources, Map<String, Object> keywords) {
    List<Object> tensors = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      Map<String, Object> config = new LinkedHashMap<>();
      config.put("shape", batchShape(step.inputShapes().get(i)));
      config.put("dtype", model.precision().toString());
      config.put("keras_history", history(sources.get(i)));
      Map<String, Object> tensor = new LinkedHashMap<>();
      tensor.put("class_name", "__keras_tensor__");
      tensor.put("config", config);
      tensors.add(tensor);
    }
    List<Object> arguments = tensors;
    if (tensors.size() > 1 && style == CallStyle.STATES_APART) {
      arguments = tensors.subList(0, 1);
      keywords.put("initial_state", tensors.subList(1, tensors.size()));
    } else if (tensors.size() > 1 && style == CallStyle.LIST) {
      arguments = List.of(tensors);
    }
    Map<String, Object> call = new LinkedHashMap<>();
    call.put("args", arguments);
    call.put("kwargs", keywords);
    return call;
  }

  private List<Object> olderCall(
      CallStyle style, List<Graph.Source> sources, Map<String, Object> keywords) {
    List<Graph.Source> inList = sources;
    if (style == CallStyle.ONE_BY_ONE) {
      List<String> names = List.of("value", "key");
      for (int i = 1; i < sources.size(); i++) {
        keywords.put(names.get(i - 1), history(sources.get(i)));
      }
      inList = sources.subList(0, 1);
    }
    List<Object> call = new ArrayList<>();
    for (Graph.Source source : inList) {
      List<Object> tensor = new ArrayList<>(history(source));
      tensor.add(keywords);
      call.add(tensor);
    }
    return call;
  }
}
