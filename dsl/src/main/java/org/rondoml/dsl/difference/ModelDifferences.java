package org.rondoml.dsl.difference;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.Node;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.registry.Component;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Kind;
import org.rondoml.dsl.language.YamlText;
import org.rondoml.dsl.specification.ConciseDocument;
import org.rondoml.dsl.specification.Specification;

/**
 * What differs between two models in meaning: defaults are written out before they are compared,
 * the order of keys and the way a number is written don't count, nor do names that layers have by
 * themselves. Layers, callbacks and the like are aligned, so that an inserted one is one
 * difference.
 */
public final class ModelDifferences {
  private final Side first;
  private final Side second;
  private final Registry registry;
  private final List<Difference> found = new ArrayList<>();

  /**
   * One of the two models.
   *
   * @param document the resolved document, without automatic names
   * @param graph the layers; null where there are none
   * @param semantics whose defaults
   */
  private record Side(Node.Mapping document, @Nullable Graph graph, Semantics semantics) {
    static Side of(Specification specification) {
      return new Side(
          ConciseDocument.withoutAutomaticNames(specification.resolved()),
          specification.graph(),
          specification.semantics());
    }

    Node section(String key) {
      Node section = document.get(key);
      return section == null ? Node.plain(Location.NONE, "null") : section;
    }

    List<Node> layers() {
      return section("model") instanceof Node.Mapping model
              && model.get("layers") instanceof Node.Sequence layers
          ? layers.items()
          : List.of();
    }

    @Nullable String name(int layer) {
      return graph == null ? null : graph.steps().get(layer).node().name();
    }
  }

  private ModelDifferences(Side first, Side second, Registry registry) {
    this.first = first;
    this.second = second;
    this.registry = registry;
  }

  /** What differs, in the order of the first model. */
  public static List<Difference> between(Specification a, Specification b, Registry registry) {
    ModelDifferences differences = new ModelDifferences(Side.of(a), Side.of(b), registry);
    Set<String> keys = new LinkedHashSet<>(differences.first.document().keys());
    keys.addAll(differences.second.document().keys());
    for (String key : keys) {
      if (key.equals("model")) {
        differences.layers();
      } else {
        differences.compare(
            key, null, differences.first.section(key), differences.second.section(key));
      }
    }
    return List.copyOf(differences.found);
  }

  private void compare(String path, @Nullable String layer, Node a, Node b) {
    if (a instanceof Node.Mapping first
        && b instanceof Node.Mapping second
        && !isReplaced(first, second)) {
      Set<String> keys = new LinkedHashSet<>(first.keys());
      keys.addAll(second.keys());
      for (String key : keys) {
        key(path, layer, key, first.get(key), second.get(key));
      }
    } else if (a instanceof Node.Sequence first
        && b instanceof Node.Sequence second
        && !(isFlat(first) && isFlat(second))) {
      items(path, layer, first.items(), second.items());
    } else if (!a.saysTheSameAs(b)) {
      add(Difference.Kind.CHANGED, path, layer, a, b);
    }
  }

  /** A key of two maps, which one of them may not have. */
  private void key(
      String path, @Nullable String layer, String key, @Nullable Node a, @Nullable Node b) {
    String below = path + "." + key;
    if (a != null && b != null) {
      compare(below, layer, a, b);
    } else if (a != null && !isDefault(path, key, a, first.semantics())) {
      add(Difference.Kind.REMOVED, below, layer, a, null);
    } else if (b != null && !isDefault(path, key, b, second.semantics())) {
      add(Difference.Kind.ADDED, below, layer, null, b);
    }
  }

  /** Whether a component stands where another stood, so that their keys are no match. */
  private boolean isReplaced(Node.Mapping a, Node.Mapping b) {
    return a.entries().size() == 1
        && b.entries().size() == 1
        && !a.keys().equals(b.keys())
        && !registry.named(a.keys().get(0)).isEmpty()
        && !registry.named(b.keys().get(0)).isEmpty();
  }

  private static boolean isFlat(Node.Sequence list) {
    return list.items().stream().allMatch(Node.Scalar.class::isInstance);
  }

  /**
   * Whether a key that the other generation of Keras doesn't know is at its default, and so asks
   * for nothing that the other doesn't do.
   */
  private boolean isDefault(String path, String key, Node value, Semantics semantics) {
    if (value.isNull()) {
      return true;
    }
    String owner = path.substring(path.lastIndexOf('.') + 1);
    return first.semantics() != second.semantics()
        && registry.named(owner).stream()
            .flatMap(ModelDifferences::configs)
            .anyMatch(type -> registry.concise(semantics).isDefault(type, key, value));
  }

  /** The records of a component's keys: its own, and those that all of its kind have. */
  private static Stream<Class<? extends Record>> configs(Component<?> component) {
    return Stream.of(
        component.provider().configType(), component.kind().getAnnotation(Kind.class).arguments());
  }

  private void items(String path, @Nullable String layer, List<Node> a, List<Node> b) {
    Alignment alignment = Alignment.of(a, b);
    for (int i = 0; i < a.size(); i++) {
      String at = path + "[" + i + "]";
      int partner = alignment.partner(i);
      if (partner < 0) {
        add(Difference.Kind.REMOVED, at, layer, a.get(i), null);
      } else {
        compare(at, layer, a.get(i), b.get(partner));
      }
    }
    for (int j : alignment.added()) {
      add(Difference.Kind.ADDED, path + "[" + j + "]", layer, null, b.get(j));
    }
  }

  private void layers() {
    List<Node> a = first.layers();
    List<Node> b = second.layers();
    Alignment alignment = Alignment.of(a, b);
    for (int i = 0; i < a.size(); i++) {
      String at = "model.layers[" + i + "]";
      int partner = alignment.partner(i);
      if (partner < 0) {
        add(Difference.Kind.REMOVED, at, first.name(i), a.get(i), null);
        continue;
      }
      Node.Entry before = Objects.requireNonNull(Alignment.component(a.get(i)));
      Node.Entry after = Objects.requireNonNull(Alignment.component(b.get(partner)));
      compare(at + "." + before.key(), first.name(i), before.value(), after.value());
      wiring(at, i, partner, alignment);
    }
    for (int j : alignment.added()) {
      add(Difference.Kind.ADDED, "model.layers[" + j + "]", second.name(j), null, b.get(j));
    }
    outputs(alignment);
  }

  /** Compares what two layers take in; in both the layer above is the same, whichever that is. */
  private void wiring(String at, int i, int partner, Alignment alignment) {
    Graph before = first.graph();
    Graph after = second.graph();
    if (before == null || after == null) {
      return;
    }
    List<Graph.Source> a = before.steps().get(i).sources();
    List<Graph.Source> b = after.steps().get(partner).sources();
    boolean above = isAbove(a, i) && isAbove(b, partner);
    if (!above && !isSame(a, b, alignment)) {
      add(
          Difference.Kind.CHANGED,
          at + ".from",
          first.name(i),
          references(before, a),
          references(after, b));
    }
  }

  private void outputs(Alignment alignment) {
    Graph before = first.graph();
    Graph after = second.graph();
    if (before == null || after == null) {
      return;
    }
    List<Graph.Source> a = before.outputs();
    List<Graph.Source> b = after.outputs();
    boolean last = isAbove(a, before.steps().size()) && isAbove(b, after.steps().size());
    if (!last && !isSame(a, b, alignment)) {
      add(
          Difference.Kind.CHANGED,
          "model.outputs",
          null,
          references(before, a),
          references(after, b));
    }
  }

  private static boolean isAbove(List<Graph.Source> sources, int step) {
    return sources.equals(List.of(new Graph.Source(step - 1, 0)));
  }

  private static boolean isSame(List<Graph.Source> a, List<Graph.Source> b, Alignment alignment) {
    return a.stream()
        .map(source -> new Graph.Source(alignment.partner(source.step()), source.output()))
        .toList()
        .equals(b);
  }

  private static Node references(Graph graph, List<Graph.Source> sources) {
    return Node.of(
        sources.stream()
            .map(
                source -> {
                  Graph.Step step = graph.steps().get(source.step());
                  boolean only = step.outputShapes().size() == 1;
                  return step.node().name() + (only ? "" : "/" + source.output());
                })
            .map(name -> Node.plain(Location.NONE, name))
            .toList());
  }

  private void add(
      Difference.Kind kind,
      String path,
      @Nullable String layer,
      @Nullable Node before,
      @Nullable Node after) {
    found.add(
        new Difference(
            kind, path, layer, text(before, first.semantics()), text(after, second.semantics())));
  }

  private @Nullable String text(@Nullable Node node, Semantics semantics) {
    if (node == null) {
      return null;
    }
    if (node instanceof Node.Mapping mapping && !mapping.entries().isEmpty()) {
      Node.Entry component = mapping.entries().get(0);
      List<Component<?>> known = registry.named(component.key());
      if (!known.isEmpty()) {
        Node alone = Node.single(component.key(), component.location(), component.value());
        return YamlText.line(registry.concise(semantics).component(known.get(0).kind(), alone));
      }
    }
    return YamlText.line(node);
  }
}
