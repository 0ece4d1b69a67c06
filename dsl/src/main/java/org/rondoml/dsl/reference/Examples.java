package org.rondoml.dsl.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.rondoml.api.Semantics;
import org.rondoml.core.config.ConfigSchema;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.Node;
import org.rondoml.core.registry.Component;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Kind;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.Layer;
import org.rondoml.dsl.specification.InputShape;

/**
 * Examples of components in a model file: what the config record's {@link Example} says, or else
 * the name with its required keys, each where it stands. Only what can be read in a whole model
 * file without a mistake is an example. Where that is, is found out: a layer below an Input of some
 * shape, an optimizer in {@code compile}, an initializer as the key of some layer.
 */
public final class Examples {
  /**
   * Shapes of samples, of which a layer takes at least one: steps, features, images, films,
   * signals.
   */
  private static final List<String> SHAPES =
      List.of("[28, 28]", "[28]", "[28, 28, 3]", "[8, 28, 28, 3]", "[28, 1]");

  private static final String ITEM = "- ";

  private final Registry registry;

  /** Examples of what is installed. */
  public Examples(Registry registry) {
    this.registry = registry;
  }

  /** The example of a component, as YAML; empty where nothing that was tried can be read. */
  public Optional<String> of(Component<?> component) {
    if (!component.kind().getAnnotation(Kind.class).inModelFiles()) {
      return Optional.empty();
    }
    String own = given(component);
    ExampleDocument document = new ExampleDocument(registry, semantics(component));
    if (component.kind() == Layer.class) {
      return layers(own).stream()
          .filter(layers -> document.readsLayers(ExampleDocument.node(layers)))
          .findFirst();
    }
    Optional<ExampleDocument.Slot> slot = document.slot(component.kind());
    return slot.isPresent()
        ? slot.filter(s -> document.reads(s, ExampleDocument.node(own)))
            .map(s -> shown(s.key().name(), s.list(), own))
        : inAnother(component, own, document);
  }

  /** What the record says, or the name with the required keys. */
  private String given(Component<?> component) {
    Example example = component.provider().configType().getAnnotation(Example.class);
    if (example != null) {
      return example.value().strip();
    }
    List<ConfigSchema.Key> required =
        schema(component).keys().stream().filter(ConfigSchema.Key::required).toList();
    String keys =
        required.stream()
            .map(key -> key.name() + ": " + RequiredValue.of(key, registry))
            .collect(Collectors.joining(", ", "{", "}"));
    return required.isEmpty() ? component.id() : component.id() + ": " + keys;
  }

  private ConfigSchema schema(Component<?> component) {
    return registry.schemas().of(component.provider().configType());
  }

  private static Semantics semantics(Component<?> component) {
    KnownIn known = component.provider().configType().getAnnotation(KnownIn.class);
    return known == null ? Semantics.KERAS3 : known.value()[0];
  }

  /** Lists of layers that a layer could stand in, the likeliest first. */
  private static List<String> layers(String layer) {
    if (layer.startsWith(ITEM)) {
      return List.of(layer);
    }
    List<String> lists = new ArrayList<>(List.of(ITEM + layer));
    for (String shape : SHAPES) {
      lists.add(input("shape: " + shape) + ITEM + layer);
    }
    String map = layer.contains(":") ? layer : layer + ": {}";
    for (String shape : SHAPES) {
      lists.add(
          input("shape: " + shape + ", name: a")
              + input("shape: " + shape + ", name: b")
              + ITEM
              + map
              + "\n  from: [a, b]");
    }
    return lists;
  }

  private static String input(String keys) {
    return ITEM + InputShape.INPUT + ": {" + keys + "}\n";
  }

  /** As the key that components most often have for such a component. */
  private Optional<String> inAnother(Component<?> component, String own, ExampleDocument document) {
    Map<String, Integer> uses = new HashMap<>();
    registry
        .components()
        .forEach(
            c ->
                holding(c, component.kind())
                    .forEach(key -> uses.merge(key.name(), 1, Integer::sum)));
    List<String> names =
        uses.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey())
                    .reversed())
            .map(Map.Entry::getKey)
            .toList();
    for (String name : names) {
      for (Component<?> host : registry.components()) {
        for (ConfigSchema.Key key : holding(host, component.kind())) {
          if (key.name().equals(name) && reads(host, key, own, document)) {
            return Optional.of(shown(name, isList(key), own));
          }
        }
      }
    }
    return Optional.empty();
  }

  private List<ConfigSchema.Key> holding(Component<?> host, Class<?> kind) {
    return schema(host).keys().stream()
        .filter(key -> HeldKind.of(key.type()).filter(h -> h.kind() == kind).isPresent())
        .toList();
  }

  private static boolean isList(ConfigSchema.Key key) {
    return HeldKind.of(key.type()).filter(HeldKind::list).isPresent();
  }

  private boolean reads(
      Component<?> host, ConfigSchema.Key key, String own, ExampleDocument document) {
    String given = given(host);
    if (given.startsWith(ITEM)) {
      return false;
    }
    Node value = ExampleDocument.node(own);
    Node changed = with(ExampleDocument.node(given), host.id(), key.name(), value);
    if (host.kind() == Layer.class) {
      return SHAPES.stream()
          .map(shape -> (Node.Sequence) ExampleDocument.node(input("shape: " + shape)))
          .anyMatch(
              input ->
                  document.readsLayers(
                      new Node.Sequence(Location.NONE, List.of(input.items().get(0), changed))));
    }
    return document.slot(host.kind()).filter(slot -> document.reads(slot, changed)).isPresent();
  }

  /** A component with one more key. */
  private static Node with(Node component, String id, String key, Node value) {
    Node given = component instanceof Node.Mapping mapping ? mapping.get(id) : null;
    Node.Mapping config =
        given instanceof Node.Mapping keys ? keys : new Node.Mapping(Location.NONE, List.of());
    return Node.single(id, Location.NONE, config.with(ExampleDocument.entry(key, value)));
  }

  private static String shown(String key, boolean list, String component) {
    boolean map = component.contains(": ");
    String value = map ? "{" + component + "}" : component;
    return key + ": " + (list ? "[" + value + "]" : value);
  }
}
