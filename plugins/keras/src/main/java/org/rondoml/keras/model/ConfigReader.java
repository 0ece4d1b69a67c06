package org.rondoml.keras.model;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.config.Components;
import org.rondoml.core.config.ConfigSchema;
import org.rondoml.core.config.Node;
import org.rondoml.core.config.Place;
import org.rondoml.core.config.WithArguments;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.registry.SnakeCase;
import org.rondoml.core.spi.Alias;
import org.rondoml.core.spi.ComponentProvider;
import org.rondoml.core.spi.Kind;
import org.rondoml.core.spi.LayerArguments;
import org.rondoml.core.spi.Nested;
import org.rondoml.core.spi.OneOrMany;

/**
 * Reads what Keras serializes, {@code {"class_name": "LSTM", "config": {"units": 4, ...}}}, as a
 * component in Rondo's notation, {@code LSTM: {units: 4, ...}}: the keys of its config record, and
 * no others.
 */
final class ConfigReader {
  private final Registry registry;
  private final Semantics semantics;
  private final Refusals refusals;

  ConfigReader(Registry registry, Semantics semantics, Refusals refusals) {
    this.registry = registry;
    this.semantics = semantics;
    this.refusals = refusals;
  }

  /** The same for what is in a layer. */
  ConfigReader ofLayer(String name) {
    return new ConfigReader(registry, semantics, refusals.ofLayer(name));
  }

  /**
   * A component.
   *
   * @param common the record of the keys that all of its kind have, or null
   * @return null where it is refused
   */
  @Nullable Node component(
      Class<?> kind, @Nullable Class<? extends Record> common, Node node, Place place) {
    if (node instanceof Node.Scalar scalar) {
      return !scalar.quoted() || isFound(kind, scalar.text(), null, scalar, place) ? node : null;
    }
    if (!(node instanceof Node.Mapping object)
        || !(object.get("class_name") instanceof Node.Scalar className)) {
      refusals.add(
          place, "found " + Refusals.shown(node) + ", expected {\"class_name\": ..., ...}");
      return null;
    }
    Place below = place.key("config", object.location());
    Node config = object.get("config");
    if (className.text().equals("function") && config != null) {
      // Keras 3 writes a function as one, with its name for config: its own by a name it knows.
      return component(kind, common, config, below);
    }
    if (!isFound(kind, className.text(), object, className, place)
        || !(registry.find(kind, className.text()) instanceof Components.Found<?> found)) {
      return null;
    }
    String id = found.provider().id();
    Node.Mapping keys =
        config instanceof Node.Mapping mapping
            ? mapping
            : new Node.Mapping(object.location(), List.of());
    if (Tidied.isGlorotUniform(id, keys)) {
      return Node.plain(object.location(), "GlorotUniform");
    }
    ConfigSchema own = registry.schemas().of(found.provider().configType());
    List<ConfigSchema> schemas = new ArrayList<>(List.of(own));
    if (common != null) {
      schemas.add(registry.schemas().of(common));
    }
    Node.Mapping asked = common == null ? keys : asked(found.provider(), common, keys);
    Node.Mapping known = known(id, schemas, asked, new Place(keys.location(), below.path()));
    return Node.single(id, object.location(), Tidied.of(id, known));
  }

  /**
   * A config without keys of the whole kind that the component doesn't have in this generation, as
   * far as they ask for nothing: tf_keras writes the {@code ema_momentum} of every optimizer.
   */
  private Node.Mapping asked(
      ComponentProvider<?, ?> provider, Class<? extends Record> common, Node.Mapping keys) {
    Node.Mapping asked = keys;
    for (Node.Entry entry : keys.entries()) {
      if (provider.unknown(entry.key(), semantics) != null
          && registry.concise(semantics).isDefault(common, entry.key(), entry.value())) {
        asked = asked.without(entry.key());
      }
    }
    return asked;
  }

  /** Whether a name is one of a component's; tells what it is where not. */
  private boolean isFound(
      Class<?> kind, String name, Node.@Nullable Mapping object, Node at, Place place) {
    if (!(registry.find(kind, name) instanceof Components.Missing<?> missing)) {
      return true;
    }
    Place where = new Place(at.location(), place.path());
    String word = kind.getAnnotation(Kind.class).value();
    String module = text(object, "module");
    String registered = object == null ? name : text(object, "registered_name");
    if (name.equals("Lambda")) {
      refusals.add(
          where,
          "is a Lambda, Python code that no file describes: say it with other layers before saving,"
              + " or write a layer of your own in Java and add it with --plugins DIR");
    } else if (name.equals("__lambda__")) {
      refusals.add(
          where,
          "is a lambda, Python code that no file describes: use "
              + withArticle(word)
              + " of Keras, or write one of your own in Java and add it with --plugins DIR");
    } else if (KerasDifferences.isSequential(name) || KerasDifferences.isFunctional(name)) {
      refusals.add(
          where,
          "is a model inside a model, which Rondo's language doesn't have: build the model in Keras"
              + " from the inner one's layers, and save that");
    } else if (registered.contains(">") || (!module.isEmpty() && !module.startsWith("keras"))) {
      String own = name.substring(name.indexOf('>') + 1);
      refusals.add(
          where,
          "'"
              + own
              + "' is Python code of the model's own"
              + (registered.contains(">") ? ", registered as " + registered : " in " + module)
              + ": use "
              + withArticle(word)
              + " of Keras, or write it in Java as VENDOR/"
              + own
              + " and add it with --plugins DIR");
    } else {
      refusals.add(where, missing.message());
    }
    return false;
  }

  private static String withArticle(String word) {
    return ("aeiou".indexOf(word.charAt(0)) >= 0 ? "an " : "a ") + word;
  }

  private static String text(Node.@Nullable Mapping object, String key) {
    return object != null && object.get(key) instanceof Node.Scalar scalar && scalar.quoted()
        ? scalar.text()
        : "";
  }

  private Node.Mapping known(
      String id, List<ConfigSchema> schemas, Node.Mapping config, Place place) {
    List<Node.Entry> known = new ArrayList<>();
    for (Node.Entry entry : config.entries()) {
      ConfigSchema.Key key = key(schemas, entry.key());
      Place at = place.key(entry.key(), entry.location());
      if (key != null) {
        Node value = value(key.type(), entry.value(), at);
        if (value != null) {
          known.add(new Node.Entry(entry.key(), entry.location(), value));
        }
      } else if (!KerasDifferences.saysNothing(entry)) {
        refusals.add(
            at,
            "'"
                + entry.key()
                + "' is no key of Rondo's "
                + id
                + "; found "
                + Refusals.shown(entry.value())
                + ": save the model without it");
      }
    }
    return new Node.Mapping(config.location(), known);
  }

  private ConfigSchema.@Nullable Key key(List<ConfigSchema> schemas, String name) {
    for (ConfigSchema schema : schemas) {
      for (ConfigSchema.Key key : schema.keys()) {
        Alias alias = key.alias();
        boolean older =
            alias != null && alias.value().equals(name) && List.of(alias.in()).contains(semantics);
        if (older || (key.name().equals(name) && key.isKnownIn(semantics))) {
          return key;
        }
      }
    }
    return null;
  }

  /** The value of a key; null where it is refused. */
  private @Nullable Node value(Type type, Node node, Place place) {
    if (node.isNull()) {
      return node;
    }
    if (type instanceof ParameterizedType generic) {
      Type first = generic.getActualTypeArguments()[0];
      Type raw = generic.getRawType();
      if (raw == Nested.class) {
        return named(component((Class<?>) first, LayerArguments.class, node, place));
      }
      if (raw == WithArguments.class) {
        return component(
            (Class<?>) first, common(generic.getActualTypeArguments()[1]), node, place);
      }
      if (raw == List.class) {
        return list(first, node, place);
      }
      if (raw == OneOrMany.class) {
        // Keras writes what was given as 3 as [3] where it computes with tuples.
        boolean number =
            first instanceof Class<?>
                && node instanceof Node.Sequence sequence
                && sequence.items().size() == 1;
        return list(first, number ? ((Node.Sequence) node).items().get(0) : node, place);
      }
      return node;
    }
    Class<?> plain = (Class<?>) type;
    return plain.isAnnotationPresent(Kind.class) ? component(plain, null, node, place) : node;
  }

  private static Class<? extends Record> common(Type type) {
    return ((Class<?>) type).asSubclass(Record.class);
  }

  private @Nullable Node list(Type element, Node node, Place place) {
    if (!(node instanceof Node.Sequence sequence)) {
      return value(element, node, place);
    }
    List<Node> items = new ArrayList<>();
    for (Node item : sequence.items()) {
      Node value = value(element, item, place.item(items.size(), item.location()));
      items.add(value == null ? new Node.Invalid(item.location()) : value);
    }
    return new Node.Sequence(node.location(), items);
  }

  /** A layer in a layer, without a name that Keras gave it by itself: nothing goes by it. */
  private static @Nullable Node named(@Nullable Node component) {
    if (component instanceof Node.Mapping mapping
        && mapping.entries().get(0).value() instanceof Node.Mapping config
        && config.get("name") instanceof Node.Scalar name) {
      String id = mapping.keys().get(0);
      if (name.text().matches("(forward_|backward_)*" + SnakeCase.of(id) + "(_[0-9]+)?")) {
        return Node.single(id, mapping.location(), config.without("name"));
      }
    }
    return component;
  }
}
