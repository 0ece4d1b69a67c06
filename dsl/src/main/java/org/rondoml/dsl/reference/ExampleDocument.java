package org.rondoml.dsl.reference;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rondoml.api.ModelFileException;
import org.rondoml.api.Semantics;
import org.rondoml.core.config.ConfigSchema;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.Node;
import org.rondoml.core.config.Problems;
import org.rondoml.core.registry.Registry;
import org.rondoml.dsl.language.StrictYaml;
import org.rondoml.dsl.specification.Document;
import org.rondoml.dsl.specification.SpecificationReader;

/** Whole model files around an example, to find out whether it can be read. */
final class ExampleDocument {
  private final Registry registry;
  private final Semantics semantics;

  /**
   * Documents of a generation.
   *
   * @param semantics one that knows the example's component
   */
  ExampleDocument(Registry registry, Semantics semantics) {
    this.registry = registry;
    this.semantics = semantics;
  }

  /** The node of a YAML text. */
  static Node node(String yaml) {
    Problems problems = new Problems();
    Node node = new StrictYaml(problems).read("example", yaml.getBytes(StandardCharsets.UTF_8));
    if (problems.hasErrors()) {
      throw new IllegalStateException("the example " + yaml + ": " + problems.sorted());
    }
    return node;
  }

  /**
   * Where in a document a kind stands.
   *
   * @param section the section
   * @param key the key in it
   * @param list whether its value is a list
   */
  record Slot(ConfigSchema.Key section, ConfigSchema.Key key, boolean list) {}

  /** Where in a document a kind stands; empty where only other components have it. */
  Optional<Slot> slot(Class<?> kind) {
    for (ConfigSchema.Key section : registry.schemas().of(Document.class).keys()) {
      for (ConfigSchema.Key key : keys(section)) {
        Optional<HeldKind> held = HeldKind.of(key.type()).filter(h -> h.kind() == kind);
        if (held.isPresent()) {
          return Optional.of(new Slot(section, key, held.get().list()));
        }
      }
    }
    return Optional.empty();
  }

  private List<ConfigSchema.Key> keys(ConfigSchema.Key section) {
    return section.type() instanceof Class<?> type && type.isRecord()
        ? registry.schemas().of(type.asSubclass(Record.class)).keys()
        : List.of();
  }

  /** Whether a component can be read in its slot, among whatever else the section requires. */
  boolean reads(Slot slot, Node component) {
    List<Node.Entry> entries = new ArrayList<>();
    for (ConfigSchema.Key key : keys(slot.section())) {
      if (key.equals(slot.key())) {
        Node list = new Node.Sequence(Location.NONE, List.of(component));
        entries.add(entry(key.name(), slot.list() ? list : component));
      } else if (key.required()) {
        entries.add(entry(key.name(), node(RequiredValue.of(key, registry))));
      }
    }
    return reads(slot.section().name(), new Node.Mapping(Location.NONE, entries));
  }

  /** Whether layers can be read. */
  boolean readsLayers(Node layers) {
    return reads("model", Node.single("layers", Location.NONE, layers));
  }

  private boolean reads(String section, Node content) {
    Node.Mapping document =
        new Node.Mapping(
            Location.NONE,
            List.of(
                entry("rondo", node(Integer.toString(Document.VERSION))),
                entry("semantics", node(semantics.toString())),
                entry(section, content)));
    try {
      return SpecificationReader.read(Path.of(""), document, registry).warnings().isEmpty();
    } catch (ModelFileException e) {
      return false;
    }
  }

  static Node.Entry entry(String key, Node value) {
    return new Node.Entry(key, Location.NONE, value);
  }
}
