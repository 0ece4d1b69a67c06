package org.rondoml.keras.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.ModelFileException;
import org.rondoml.api.Semantics;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.Node;
import org.rondoml.core.config.Place;
import org.rondoml.core.config.Problems;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerArguments;

/** Reads what Keras says of a model into a document of Rondo's language. */
final class ModelReader {
  private static final Set<String> PRECISIONS = Set.of("float32", "float64");

  private final Semantics semantics;
  private final Problems problems = new Problems();
  private final Refusals refusals = Refusals.of(problems);
  private final ConfigReader configs;
  private final Map<String, Place> precisions = new LinkedHashMap<>();
  private final Registry registry;
  private @Nullable Node batchSize;
  private int outputs = 1;

  private ModelReader(Semantics semantics, Registry registry) {
    this.semantics = semantics;
    this.registry = registry;
    this.configs = new ConfigReader(registry, semantics, refusals);
  }

  /**
   * The document for a model.
   *
   * @param root what {@code model.to_json()} says
   * @param compiled whether to read how it was compiled, too
   * @throws ModelFileException where there is what Rondo doesn't have: all of it
   */
  static Node.Mapping read(Node root, Semantics semantics, boolean compiled, Registry registry) {
    ModelReader reader = new ModelReader(semantics, registry);
    Node.Mapping document = reader.document(root, compiled);
    if (reader.problems.hasErrors() || document == null) {
      throw new ModelFileException(reader.problems.sorted());
    }
    return document;
  }

  private Node.@Nullable Mapping document(Node root, boolean compiled) {
    Place place = Place.root(root.location());
    if (!(root instanceof Node.Mapping model)
        || !(model.get("class_name") instanceof Node.Scalar className)
        || model.get("config") == null) {
      refusals.add(
          place, "found no class_name and config, expected what Keras' model.to_json() gives");
      return null;
    }
    boolean sequential = KerasDifferences.isSequential(className.text());
    if (!sequential && !KerasDifferences.isFunctional(className.text())) {
      refusals.add(
          place.key("class_name", className.location()),
          "is '"
              + className.text()
              + "', whose Python code no file describes: expected a Sequential or Functional model");
      return null;
    }
    Node config = model.get("config");
    Place below = place.key("config", model.location());
    Node.Sequence layers =
        config instanceof Node.Sequence list // as Sequential models were before Keras 2.3
            ? list
            : config instanceof Node.Mapping map && map.get("layers") instanceof Node.Sequence all
                ? all
                : null;
    if (layers == null || layers.items().isEmpty()) {
      refusals.add(below, "has no layers: save the model when they are added");
      return null;
    }
    Place at = config == layers ? below : below.key("layers", layers.location());
    Node.Mapping about =
        config instanceof Node.Mapping map ? map : new Node.Mapping(config.location(), List.of());
    List<Node.Entry> section =
        sequential ? sequential(about, layers, at) : functional(about, layers, at);
    return document(about, section, compiled ? compilation(model, place) : null);
  }

  /** How the model was compiled; null where it wasn't. */
  private Node.@Nullable Mapping compilation(Node.Mapping model, Place place) {
    if (!(model.get("compile_config") instanceof Node.Mapping config)
        || config.entries().isEmpty()) {
      return null;
    }
    Place at = place.key("compile_config", config.location());
    int before = problems.errors();
    Node.Mapping section =
        new CompileReader(registry, semantics, configs, refusals, outputs).read(config, at);
    if (problems.errors() > before) {
      refusals.add(at, "is left out with --no-compile: the layers are imported without it");
    }
    return section;
  }

  private Node.Mapping document(
      Node.Mapping about, List<Node.Entry> section, Node.@Nullable Mapping compilation) {
    List<Node.Entry> entries = new ArrayList<>();
    entries.add(entry("rondo", Node.of(1)));
    if (about.get("name") instanceof Node.Scalar name
        && name.quoted()
        && !KerasDifferences.isAutomaticModel(name.text())) {
      entries.add(entry("name", name));
    }
    entries.add(entry("semantics", Node.plain(Location.NONE, semantics.toString())));
    String precision = precision();
    if (precision != null) {
      entries.add(entry("precision", Node.plain(Location.NONE, precision)));
    }
    Node model = new Node.Mapping(about.location(), section);
    boolean floats = "float32".equals(precision);
    entries.add(entry("model", floats ? Tidied.shortened(model) : model));
    if (compilation != null) {
      entries.add(entry("compile", floats ? Tidied.shortened(compilation) : compilation));
    }
    if (batchSize != null) {
      entries.add(entry("fit", Node.single("batch_size", Location.NONE, batchSize)));
    }
    return new Node.Mapping(about.location(), entries);
  }

  private static Node.Entry entry(String key, Node value) {
    return new Node.Entry(key, value.location(), value);
  }

  /** The only precision of all layers; tells where they have others, or several. */
  private @Nullable String precision() {
    List<String> found = List.copyOf(precisions.keySet());
    for (String name : found) {
      if (!PRECISIONS.contains(name)) {
        refusals.add(
            Objects.requireNonNull(precisions.get(name)),
            "the precision '" + name + "' is none of Rondo's: expected float32 or float64");
      }
    }
    if (found.size() > 1 && PRECISIONS.containsAll(found)) {
      refusals.add(
          Objects.requireNonNull(precisions.get(found.get(1))),
          "found layers of float32 and of float64; in Rondo all have one precision");
    }
    return found.size() == 1 ? found.get(0) : null;
  }

  private void notePrecision(Node.Mapping object, Place place) {
    if (!(object.get("config") instanceof Node.Mapping config)) {
      return;
    }
    Node dtype = config.get("dtype");
    Place at = place.key("config", config.location()).key("dtype", config.location());
    if (dtype instanceof Node.Mapping policy
        && policy.get("config") instanceof Node.Mapping named
        && named.get("name") != null) {
      dtype = named.get("name");
    }
    if (dtype instanceof Node.Scalar name && name.quoted()) {
      precisions.putIfAbsent(name.text(), new Place(name.location(), at.path()));
    }
    for (String key : List.of("layer", "backward_layer", "cell")) {
      if (config.get(key) instanceof Node.Mapping inner) {
        notePrecision(inner, place.key("config", config.location()).key(key, inner.location()));
      }
    }
  }

  private List<Node.Entry> sequential(Node.Mapping about, Node.Sequence layers, Place place) {
    List<Node> items = new ArrayList<>();
    for (Node layer : layers.items()) {
      Place at = place.item(layers.items().indexOf(layer), layer.location());
      if (!(layer instanceof Node.Mapping object)) {
        refusals.add(at, "found " + Refusals.shown(layer) + ", expected a layer");
        continue;
      }
      if (items.isEmpty() && !isInput(object)) {
        Node shape = config(object).get("batch_input_shape");
        shape = shape == null ? about.get("build_input_shape") : shape;
        if (shape instanceof Node.Sequence batchShape) {
          items.add(input(batchShape, null, null));
        } else {
          refusals.add(
              at,
              "nothing says what comes in: save the model when it begins with an Input, or is built");
        }
      }
      Node item = item(object, "input", at);
      items.add(item == null ? new Node.Invalid(layer.location()) : item);
    }
    return List.of(entry("layers", new Node.Sequence(place.location(), items)));
  }

  private List<Node.Entry> functional(Node.Mapping about, Node.Sequence list, Place place) {
    List<Node.Mapping> objects = new ArrayList<>();
    for (Node item : list.items()) {
      if (!(item instanceof Node.Mapping object)) {
        refusals.add(place, "found " + Refusals.shown(item) + ", expected a layer");
        return List.of();
      }
      objects.add(object);
    }
    boolean oneInput = objects.stream().filter(ModelReader::isInput).count() == 1;
    Set<Call.Tensor> masks = automaticMasks(objects);
    List<GraphReader.Layer> layers = new ArrayList<>();
    for (int i = 0; i < objects.size(); i++) {
      Node.Mapping object = objects.get(i);
      Place at = place.item(i, object.location());
      String name = name(object);
      if (masks.contains(new Call.Tensor(name, 0, 0))) {
        continue;
      }
      String rondoName =
          oneInput && isInput(object) && KerasDifferences.isAutomaticInput(name) ? "input" : name;
      List<Call> calls = new ArrayList<>();
      if (object.get("inbound_nodes") instanceof Node.Sequence nodes) {
        Place below = at.key("inbound_nodes", nodes.location());
        for (Node node : nodes.items()) {
          calls.add(
              new CallReader(refusals.ofLayer(name), masks)
                  .read(node, below.item(calls.size(), node.location())));
        }
      }
      layers.add(
          new GraphReader.Layer(name, rondoName, item(object, rondoName, calls, at), calls, at));
    }
    Node outputs = about.get("output_layers");
    List<Call.Tensor> ends = new ArrayList<>();
    if (outputs != null && CallReader.tensor(outputs) != null) {
      ends.add(CallReader.tensor(outputs));
    } else if (outputs instanceof Node.Sequence several) {
      for (Node output : several.items()) {
        Call.Tensor tensor = CallReader.tensor(output);
        if (tensor == null) {
          refusals.add(
              new Place(output.location(), "config.output_layers"),
              "found " + Refusals.shown(output) + ", expected [name, call, output]");
        } else {
          ends.add(tensor);
        }
      }
    }
    this.outputs = ends.size();
    return new GraphReader(refusals).read(layers, ends, place);
  }

  /**
   * What Keras 3 computes for the mask of an Embedding, {@code not_equal(words, 0)}, and writes as
   * a layer of its own.
   */
  private static Set<Call.Tensor> automaticMasks(List<Node.Mapping> objects) {
    Set<String> embedded = new HashSet<>();
    for (Node.Mapping object : objects) {
      boolean masks =
          config(object).get("mask_zero") instanceof Node.Scalar on && on.text().equals("true");
      if (masks && object.get("inbound_nodes") instanceof Node.Sequence nodes) {
        nodes.items().forEach(node -> embedded.add(argument(node, 0)));
      }
    }
    Set<Call.Tensor> masks = new HashSet<>();
    for (Node.Mapping object : objects) {
      if (object.get("class_name") instanceof Node.Scalar className
          && className.text().equals("NotEqual")
          && object.get("inbound_nodes") instanceof Node.Sequence nodes
          && nodes.items().size() == 1
          && embedded.contains(argument(nodes.items().get(0), 0))
          && argument(nodes.items().get(0), 1).equals("0")) {
        masks.add(new Call.Tensor(name(object), 0, 0));
      }
    }
    return masks;
  }

  private static String argument(Node node, int number) {
    if (node instanceof Node.Mapping call
        && call.get("args") instanceof Node.Sequence arguments
        && arguments.items().size() > number) {
      Node argument = arguments.items().get(number);
      return argument instanceof Node.Scalar scalar
          ? scalar.text()
          : String.valueOf(CallReader.tensor(argument));
    }
    return "";
  }

  private static Node.Mapping config(Node.Mapping object) {
    return object.get("config") instanceof Node.Mapping config
        ? config
        : new Node.Mapping(object.location(), List.of());
  }

  private static String name(Node.Mapping object) {
    return config(object).get("name") instanceof Node.Scalar own
        ? own.text()
        : object.get("name") instanceof Node.Scalar name ? name.text() : "?";
  }

  private static boolean isInput(Node.Mapping object) {
    return object.get("class_name") instanceof Node.Scalar name && name.text().equals("InputLayer");
  }

  private @Nullable Node item(Node.Mapping object, String inputName, Place place) {
    return item(object, inputName, List.of(), place);
  }

  /** A layer in Rondo's notation; null where it is refused. */
  private @Nullable Node item(
      Node.Mapping object, String inputName, List<Call> calls, Place place) {
    String name = name(object);
    if (isInput(object)) {
      Node.Mapping config = config(object);
      Node shape = config.get("batch_shape");
      shape = shape == null ? config.get("batch_input_shape") : shape;
      if (!(shape instanceof Node.Sequence batchShape)) {
        refusals.ofLayer(name).add(place, "has no batch_shape: save the model when it is built");
        return null;
      }
      return input(batchShape, config.get("dtype"), inputName);
    }
    notePrecision(object, place);
    Node item = configs.ofLayer(name).component(Layer.class, LayerArguments.class, object, place);
    if (item instanceof Node.Mapping mapping
        && mapping.entries().get(0).value() instanceof Node.Mapping config) {
      Node.Mapping whole = config;
      for (Call call : calls) {
        for (Node.Entry argument : call.arguments()) {
          whole = whole.with(argument);
        }
      }
      return Node.single(mapping.keys().get(0), mapping.location(), whole);
    }
    return item;
  }

  private Node input(Node.Sequence batchShape, @Nullable Node dtype, @Nullable String name) {
    List<Node.Entry> keys = new ArrayList<>();
    keys.add(entry("shape", Tidied.sampleShape(batchShape)));
    if (!batchShape.items().isEmpty() && !batchShape.items().get(0).isNull()) {
      // What a stateful model is built for; in Rondo fit says it.
      batchSize = batchShape.items().get(0);
    }
    if (dtype instanceof Node.Scalar type && type.quoted() && !PRECISIONS.contains(type.text())) {
      keys.add(entry("dtype", dtype));
    }
    if (name != null) {
      keys.add(entry("name", new Node.Scalar(Location.NONE, name, true)));
    }
    return Node.single(
        "Input", batchShape.location(), new Node.Mapping(batchShape.location(), keys));
  }
}
