package org.rondoml.dsl.specification;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.Node;
import org.rondoml.core.registry.Registry;

/**
 * A model file as a person would write it: without what is default, and without the names that
 * layers have by themselves.
 */
public final class ConciseDocument {
  private ConciseDocument() {}

  /** The document that reads as a specification. */
  public static Node.Mapping of(Specification specification, Registry registry) {
    return registry
        .concise(specification.semantics())
        .record(Document.class, withoutAutomaticNames(specification.resolved()));
  }

  /** A resolved document without the names that its layers have by themselves. */
  public static Node.Mapping withoutAutomaticNames(Node.Mapping document) {
    if (!(document.get("model") instanceof Node.Mapping model)
        || !(model.get("layers") instanceof Node.Sequence layers)) {
      return document;
    }
    Set<Integer> named = named(layers.items());
    List<Node> items = new ArrayList<>();
    for (int i = 0; i < layers.items().size(); i++) {
      Node item = layers.items().get(i);
      Node.Entry layer = layer(item);
      if (!named.contains(i)
          && layer != null
          && item instanceof Node.Mapping mapping
          && layer.value() instanceof Node.Mapping config) {
        item = mapping.with(new Node.Entry(layer.key(), layer.location(), config.without("name")));
      }
      items.add(item);
    }
    Node.Sequence without = new Node.Sequence(layers.location(), items);
    Node.Mapping section = model.with(new Node.Entry("layers", Location.NONE, without));
    return document.with(new Node.Entry("model", Location.NONE, section));
  }

  /**
   * The layers whose names are not what they would be called anyway. Names that are given are
   * taken, so that each one may change the others.
   */
  private static Set<Integer> named(List<Node> items) {
    Set<Integer> named = new HashSet<>();
    for (int before = -1; before < named.size(); ) {
      before = named.size();
      Set<String> given = new HashSet<>();
      named.forEach(i -> given.add(name(items.get(i))));
      LayerNames names = new LayerNames(given);
      for (int i = 0; i < items.size(); i++) {
        Node.Entry layer = layer(items.get(i));
        if (!named.contains(i)
            && (layer == null || !names.next(layer.key()).equals(name(items.get(i))))) {
          named.add(i);
        }
      }
    }
    return named;
  }

  /** The entry of a layer's own, beside which the others stand. */
  private static Node.@Nullable Entry layer(Node item) {
    return item instanceof Node.Mapping mapping && !mapping.entries().isEmpty()
        ? mapping.entries().get(0)
        : null;
  }

  private static String name(Node item) {
    Node.Entry layer = layer(item);
    return layer != null
            && layer.value() instanceof Node.Mapping config
            && config.get("name") instanceof Node.Scalar name
        ? name.text()
        : "";
  }
}
