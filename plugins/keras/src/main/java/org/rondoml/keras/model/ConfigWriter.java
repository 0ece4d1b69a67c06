package org.rondoml.keras.model;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.config.Components;
import org.rondoml.core.config.ConfigSchema;
import org.rondoml.core.config.Node;
import org.rondoml.core.config.Place;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Alias;
import org.rondoml.core.spi.Constraint;
import org.rondoml.core.spi.Initializer;
import org.rondoml.core.spi.Kind;
import org.rondoml.core.spi.LayerArguments;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.Nested;
import org.rondoml.core.spi.OneOrMany;
import org.rondoml.core.spi.Optimizer;
import org.rondoml.core.spi.Regularizer;
import org.rondoml.core.spi.Schedule;

/**
 * Writes components of a resolved document as Keras serializes them, {@code {"class_name": "LSTM",
 * "config": {"units": 4, ...}}}. Values are what JSON has: maps, lists, texts, numbers, booleans,
 * null.
 */
final class ConfigWriter {
  /** Where Keras 3 keeps what isn't a layer. */
  private static final Map<Class<?>, String> MODULES =
      Map.of(
          Initializer.class, "keras.initializers",
          Regularizer.class, "keras.regularizers",
          Constraint.class, "keras.constraints",
          Optimizer.class, "keras.optimizers",
          Schedule.class, "keras.optimizers.schedules",
          Loss.class, "keras.losses",
          Metric.class, "keras.metrics");

  private final Registry registry;
  private final Semantics semantics;
  private final Precision precision;
  private final Refusals refusals;

  ConfigWriter(Registry registry, Semantics semantics, Precision precision, Refusals refusals) {
    this.registry = registry;
    this.semantics = semantics;
    this.precision = precision;
    this.refusals = refusals;
  }

  /** The same for what is in a layer. */
  ConfigWriter ofLayer(String name) {
    return new ConfigWriter(registry, semantics, precision, refusals.ofLayer(name));
  }

  /**
   * A serialized object.
   *
   * @param module where Keras 3 keeps its class
   */
  Map<String, Object> object(String module, String className, @Nullable Object config) {
    Map<String, Object> object = new LinkedHashMap<>();
    if (semantics == Semantics.KERAS3) {
      object.put("module", module);
    }
    object.put("class_name", className);
    object.put("config", orNull(config));
    if (semantics == Semantics.KERAS3) {
      object.put("registered_name", JsonText.NULL);
    }
    return object;
  }

  private static Object orNull(@Nullable Object value) {
    return value == null ? JsonText.NULL : value;
  }

  /** How the precision is written. */
  Object dtype() {
    return semantics == Semantics.KERAS3
        ? object("keras", "DTypePolicy", Map.of("name", precision.toString()))
        : precision.toString();
  }

  /**
   * A layer, or a cell.
   *
   * @param item its entry in a resolved document: its id with its config
   */
  Map<String, Object> layer(Class<?> kind, Node.Entry item, Place place) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("dtype", dtype());
    if (isKeras(kind, item.key(), place)
        && registry.find(kind, item.key()) instanceof Components.Found<?> found
        && item.value() instanceof Node.Mapping keys) {
      List<ConfigSchema> schemas =
          List.of(
              registry.schemas().of(LayerArguments.class),
              registry.schemas().of(found.provider().configType()));
      config.putAll(keys(schemas, keys, place.key(item.key(), place.location())));
    }
    return object("keras.layers", KerasDifferences.className(item.key()), config);
  }

  private boolean isKeras(Class<?> kind, String id, Place place) {
    boolean known = !id.contains("/");
    if (!known) {
      refusals.add(
          place,
          "the "
              + kind.getAnnotation(Kind.class).value()
              + " '"
              + id
              + "' comes from a plugin, and Keras has none of that name: use one of Keras'");
    }
    return known;
  }

  private Map<String, Object> keys(List<ConfigSchema> schemas, Node.Mapping config, Place place) {
    Map<String, Object> keys = new LinkedHashMap<>();
    for (ConfigSchema schema : schemas) {
      for (ConfigSchema.Key key : schema.keys()) {
        Node value = config.get(key.name());
        if (value != null
            && !(value.isNull() && isAbsentByDefault(key))
            && !KerasDifferences.goesWithoutSaying(key.name(), value)
            && !KerasDifferences.isCallArgument(key.name())) {
          keys.put(
              name(key), orNull(value(key.type(), value, place.key(key.name(), place.location()))));
        }
      }
    }
    return keys;
  }

  /** Whether null is what the key has when it isn't given, in Keras as well. */
  private boolean isAbsentByDefault(ConfigSchema.Key key) {
    String text = key.defaultText(semantics);
    return key.nullable() && (text == null || text.equals("null"));
  }

  /** The key's name in this generation, which may only know the older one. */
  private String name(ConfigSchema.Key key) {
    Alias alias = key.alias();
    return alias != null && List.of(alias.in()).contains(semantics) ? alias.value() : key.name();
  }

  private @Nullable Object value(Type type, Node node, Place place) {
    if (type instanceof ParameterizedType generic) {
      return generic(generic, node, place);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isAnnotationPresent(Kind.class)) {
      return serialized(plain, node, place);
    }
    if (node.isNull()) {
      return null;
    }
    if (plain == Shape.class) {
      return list(Long.class, node, place);
    }
    if (plain.isRecord() && node instanceof Node.Mapping mapping) {
      return keys(List.of(registry.schemas().of(plain.asSubclass(Record.class))), mapping, place);
    }
    String text = node instanceof Node.Scalar scalar ? scalar.text() : "";
    if (plain == boolean.class || plain == Boolean.class) {
      return Boolean.valueOf(text);
    }
    if (plain.isEnum()) {
      return text.equals("none") ? null : text; // Python's None
    }
    return plain == String.class ? text : new JsonText.Numeral(text);
  }

  private @Nullable Object generic(ParameterizedType type, Node node, Place place) {
    Type first = type.getActualTypeArguments()[0];
    Type raw = type.getRawType();
    if (node.isNull()) {
      return null;
    }
    if (raw == Nested.class) {
      return nested((Class<?>) first, node, place);
    }
    boolean nested = first instanceof ParameterizedType inner && inner.getRawType() == Nested.class;
    if (raw == OneOrMany.class && nested && node instanceof Node.Sequence) {
      // Cells are all that may be one or several inside another; several are a stack in Keras.
      return stack(list(first, node, place));
    }
    if (raw == List.class
        && first == Integer.class
        && node instanceof Node.Sequence list
        && list.items().size() == 1
        && !KerasDifferences.isAlwaysList(place.path())) {
      // A number is a list of one here; there a list must have a number for each axis.
      return value(first, list.items().get(0), place);
    }
    if (raw == List.class || (raw == OneOrMany.class && node instanceof Node.Sequence)) {
      return list(first, node, place);
    }
    if (raw == OneOrMany.class) {
      return value(first, node, place);
    }
    throw new IllegalStateException(place.path() + ": no JSON for a value of " + type);
  }

  private Map<String, Object> stack(List<Object> cells) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("dtype", dtype());
    config.put("cells", cells);
    return object("keras.layers", "StackedRNNCells", config);
  }

  private List<Object> list(Type element, Node node, Place place) {
    List<Object> all = new ArrayList<>();
    if (node instanceof Node.Sequence list) {
      for (Node item : list.items()) {
        all.add(orNull(value(element, item, place)));
      }
    }
    return all;
  }

  private @Nullable Object nested(Class<?> kind, Node node, Place place) {
    if (node instanceof Node.Mapping mapping && mapping.entries().size() == 1) {
      return layer(kind, mapping.entries().get(0), place);
    }
    String id = node instanceof Node.Scalar scalar ? scalar.text() : "";
    Node none = new Node.Mapping(node.location(), List.of());
    return layer(kind, new Node.Entry(id, node.location(), none), place);
  }

  /** What isn't a layer: an initializer, an optimizer, a loss. */
  Object component(Class<?> kind, Node node, Place place) {
    return orNull(serialized(kind, node, place));
  }

  private @Nullable Object serialized(Class<?> kind, Node node, Place place) {
    if (kind == Activation.class) {
      return activation(node, place);
    }
    if (node.isNull()) {
      return null;
    }
    if (kind == Schedule.class && node instanceof Node.Scalar number && !number.quoted()) {
      return new JsonText.Numeral(number.text());
    }
    Node.Entry entry =
        node instanceof Node.Mapping mapping
            ? mapping.entries().get(0)
            : new Node.Entry(
                node instanceof Node.Scalar scalar ? scalar.text() : "",
                node.location(),
                new Node.Mapping(node.location(), List.of()));
    if (!isKeras(kind, entry.key(), place)
        || !(registry.find(kind, entry.key()) instanceof Components.Found<?> found)
        || !(entry.value() instanceof Node.Mapping keys)) {
      return null;
    }
    String id = found.provider().id();
    if (id.equals(kind.getAnnotation(Kind.class).number())) {
      return new JsonText.Numeral(((Node.Scalar) keys.entries().get(0).value()).text());
    }
    if (KerasDifferences.isChosenByShapes(kind, id)) {
      return chosenByShapes(kind, id, keys, place);
    }
    List<ConfigSchema> schemas =
        List.of(
            registry.schemas().of(found.provider().configType()),
            registry.schemas().of(kind.getAnnotation(Kind.class).arguments()));
    return object(
        MODULES.getOrDefault(kind, ""),
        KerasDifferences.className(id),
        keys(schemas, keys, place.key(id, place.location())));
  }

  /** Keras chooses the class by the name alone, {@code acc}, which can't be told more. */
  private @Nullable Object chosenByShapes(
      Class<?> kind, String id, Node.Mapping keys, Place place) {
    String name = keys.get("name") instanceof Node.Scalar own && !own.isNull() ? own.text() : id;
    Node more =
        registry
            .concise(semantics)
            .component(kind, Node.single(id, keys.location(), keys.without("name")));
    boolean asByDefault =
        more instanceof Node.Scalar
            || (((Node.Mapping) more).get(id) instanceof Node.Mapping left
                && left.entries().isEmpty());
    boolean alone =
        asByDefault
            && registry.find(kind, name) instanceof Components.Found<?> found
            && found.provider().id().equals(id);
    if (!alone) {
      refusals.add(
          place,
          "Keras chooses '"
              + id
              + "' by the shapes only where nothing else is said of it: write the class that fits,"
              + " such as Binary"
              + Character.toUpperCase(id.charAt(0))
              + id.substring(1));
      return null;
    }
    return name;
  }

  /** Functions are written by name; what they are told besides their input can't be. */
  private @Nullable Object activation(Node node, Place place) {
    Node concise = registry.concise(semantics).component(Activation.class, node);
    if (concise instanceof Node.Scalar name) {
      return name.isNull()
          ? "linear"
          : isKeras(Activation.class, name.text(), place) ? name.text() : null;
    }
    String id = ((Node.Mapping) concise).keys().get(0);
    refusals.add(
        place,
        "the activation '"
            + id
            + "' has arguments, which Keras' JSON doesn't write for a function: use a layer for it,"
            + " such as ReLU or LeakyReLU");
    return null;
  }
}
