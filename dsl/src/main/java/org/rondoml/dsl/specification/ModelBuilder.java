package org.rondoml.dsl.specification;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.config.Bound;
import org.rondoml.core.config.Item;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.NearMiss;
import org.rondoml.core.config.Node;
import org.rondoml.core.config.Place;
import org.rondoml.core.config.Problems;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.graph.GraphException;
import org.rondoml.core.graph.LayerNode;
import org.rondoml.core.graph.Reference;
import org.rondoml.core.spi.InputLayer;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerArguments;
import org.rondoml.core.spi.SharedLayer;

/**
 * Makes the graph of a bound {@code model} section: names the layers, wires them, and runs the
 * shapes through. A layer that could not be bound, and what follows from it, is left out, so that
 * its mistake is told once.
 */
final class ModelBuilder {
  private final Bound<?> section;
  private final Problems problems;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<String, Entry> byName = new HashMap<>();

  /** A layer of the file on its way into the graph. */
  private static final class Entry {
    final Item<?, ?, ?> item;
    final String name;
    boolean broken;

    Entry(Item<?, ?, ?> item, String name) {
      this.item = item;
      this.name = name;
    }

    @Nullable Layer layer() {
      return (Layer) item.component();
    }

    @Nullable LayerArguments arguments() {
      return (LayerArguments) item.arguments();
    }

    List<String> from() {
      return item.beside() instanceof Wiring wiring && wiring.from() != null
          ? wiring.from()
          : List.of();
    }

    boolean isWired() {
      return item.beside() instanceof Wiring wiring && wiring.from() != null;
    }
  }

  /**
   * A builder for a section.
   *
   * @param section the bound section, valid or not
   * @param input the Input that {@code input_shape} stands for, or null
   */
  ModelBuilder(Bound<?> section, @Nullable Item<?, ?, ?> input, Problems problems) {
    this.section = section;
    this.problems = problems;
    List<Item<?, ?, ?>> items = new ArrayList<>();
    if (input != null) {
      items.add(input);
    }
    Bound<?> layers = section.part("layers");
    if (layers != null && layers.value() instanceof List<?> list) {
      list.forEach(item -> items.add((Item<?, ?, ?>) item));
    }
    Set<String> given = new HashSet<>();
    for (Item<?, ?, ?> item : items) {
      if (item.arguments() instanceof LayerArguments arguments && arguments.name() != null) {
        given.add(arguments.name());
      }
    }
    LayerNames names = new LayerNames(given);
    for (Item<?, ?, ?> item : items) {
      String name =
          item.arguments() instanceof LayerArguments arguments && arguments.name() != null
              ? arguments.name()
              : names.next(item.id());
      Entry entry = new Entry(item, name);
      entries.add(entry);
      byName.putIfAbsent(name, entry);
    }
  }

  /** The graph; null where there are mistakes, which have been reported. */
  @Nullable Graph build() {
    List<LayerNode> nodes = new ArrayList<>();
    List<Entry> whole = new ArrayList<>();
    Entry above = null;
    boolean broken = entries.isEmpty();
    for (Entry entry : entries) {
      LayerNode node = node(entry, above);
      if (node == null) {
        entry.broken = true;
        broken = true;
      } else {
        nodes.add(node);
        whole.add(entry);
      }
      above = entry;
    }
    List<String> outputs = new ArrayList<>();
    Bound<?> named = section.part("outputs");
    if (!broken && named != null && named.value() instanceof List<?> names) {
      names.forEach(name -> outputs.add((String) name));
    }
    if (nodes.isEmpty()) {
      return null;
    }
    try {
      Graph graph = Graph.of(nodes, outputs);
      return broken ? null : graph;
    } catch (GraphException e) {
      for (GraphException.Misfit misfit : e.misfits()) {
        report(misfit, whole, broken);
      }
      return null;
    }
  }

  private void report(GraphException.Misfit misfit, List<Entry> whole, boolean broken) {
    if (broken && misfit.ofWhole()) {
      return;
    }
    if (misfit.layer() >= 0) {
      problems.error(whole.get(misfit.layer()).item.place(), misfit.message());
    } else {
      boolean ofOutputs = misfit.message().startsWith("output ");
      problems.error(section.placeOf(ofOutputs ? "outputs" : "layers"), misfit.message());
    }
  }

  /** The node of a layer; null where it or what it takes in could not be bound. */
  private @Nullable LayerNode node(Entry entry, @Nullable Entry above) {
    Layer layer = entry.layer();
    LayerArguments arguments = entry.arguments();
    if (layer == null || arguments == null || entry.item.beside() == null) {
      return null;
    }
    List<String> from = entry.from();
    if (layer instanceof InputLayer) {
      if (entry.isWired()) {
        problems.error(entry.item.place(), "an Input takes nothing in: leave out 'from'");
        return null;
      }
    } else if (entry.isWired()) {
      if (from.isEmpty()) {
        problems.error(
            entry.item.place(), "'from' is empty: name the layers it takes its inputs from");
        return null;
      }
      for (String name : from) {
        Entry source = byName.get(Reference.of(name).layer());
        if (source != null && source.broken) {
          return null;
        }
      }
    } else if (above == null) {
      problems.error(
          entry.item.place(),
          "nothing comes in: put an Input with the shape of a sample above it, - Input: {shape: [28, 28]}");
      return null;
    } else if (above.broken) {
      return null;
    } else {
      from = List.of(above.name);
    }
    if (layer instanceof SharedLayer shared) {
      return sharedNode(entry, shared.sharedName(), from);
    }
    boolean passedOver = !arguments.trainable() && !layer.heedsTrainable();
    if (passedOver) {
      problems.warning(
          entry.item.place(),
          "trainable: false has no effect on the layers inside, which Keras 3 trains all the same; give"
              + " it to them, where they have keys");
    }
    return new LayerNode(
        entry.name, entry.item.id(), layer, arguments.trainable() || passedOver, from);
  }

  /** The node of a layer that is called again. */
  private @Nullable LayerNode sharedNode(Entry entry, String name, List<String> from) {
    Entry first = byName.get(name);
    if (first == null || entries.indexOf(first) >= entries.indexOf(entry)) {
      String near = NearMiss.suggestion(name, byName.keySet());
      problems.error(
          entry.item.place(),
          "no layer before it has the name '"
              + name
              + "'"
              + (near.isEmpty() ? "; a layer to be called again has a name of its own" : near));
      return null;
    }
    Layer layer = first.layer();
    LayerArguments arguments = first.arguments();
    if (first.broken || layer == null || arguments == null) {
      return null;
    }
    if (layer instanceof InputLayer || layer instanceof SharedLayer) {
      problems.error(
          entry.item.place(),
          "'"
              + name
              + "' is "
              + (layer instanceof InputLayer
                  ? "an Input, which isn't called: take it with 'from'"
                  : "another layer called again: name that layer"));
      return null;
    }
    return new LayerNode(
        entry.name,
        first.item.id(),
        layer,
        arguments.trainable() || !layer.heedsTrainable(),
        from,
        first.name);
  }

  /** The resolved section, with the layers' names and with an Input for {@code input_shape}. */
  Node resolved(@Nullable Node input) {
    if (!(section.resolved() instanceof Node.Mapping mapping)
        || !(mapping.get("layers") instanceof Node.Sequence layers)) {
      return section.resolved();
    }
    List<Node> items = new ArrayList<>();
    if (input != null) {
      items.add(input);
    }
    items.addAll(layers.items());
    for (int i = 0; i < items.size() && i < entries.size(); i++) {
      items.set(i, named(items.get(i), entries.get(i)));
    }
    return mapping.with(
        new Node.Entry("layers", layers.location(), new Node.Sequence(layers.location(), items)));
  }

  private static Node named(Node item, Entry entry) {
    if (item instanceof Node.Mapping beside
        && beside.get(entry.item.id()) instanceof Node.Mapping config) {
      Node given = config.get("name");
      if (given == null || given.isNull()) {
        Node.Entry name = new Node.Entry("name", Location.NONE, nameNode(entry.name));
        return beside.with(new Node.Entry(entry.item.id(), item.location(), config.with(name)));
      }
    }
    return item;
  }

  private static Node nameNode(String name) {
    boolean plain = name.matches("[A-Za-z_][A-Za-z0-9_]*");
    return new Node.Scalar(Location.NONE, name, !plain);
  }

  /** Where the section stands. */
  Place place() {
    return section.place();
  }
}
