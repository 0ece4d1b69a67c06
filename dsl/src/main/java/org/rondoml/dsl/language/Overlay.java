package org.rondoml.dsl.language;

import java.util.List;
import org.rondoml.core.config.Node;
import org.rondoml.core.registry.Component;
import org.rondoml.core.registry.Registry;

/**
 * Lays a document over another: maps merge, everything else replaces. Where both name a component, {@code {Adam: ...}} under {@code {SGD:
 * ...}}, the keys are alternatives, so another component replaces; the same one merges.
 */
public final class Overlay {
  private final Registry registry;

  /** An overlay that knows components by a registry. */
  public Overlay(Registry registry) {
    this.registry = registry;
  }

  /** The upper document laid over the lower. */
  public Node merge(Node lower, Node upper) {
    if (!(lower instanceof Node.Mapping below) || !(upper instanceof Node.Mapping above)) {
      return upper;
    }
    if (below.entries().size() == 1 && above.entries().size() == 1) {
      Node.Entry old = below.entries().get(0);
      Node.Entry replacement = above.entries().get(0);
      if (!old.key().equals(replacement.key()) && isAlternative(old.key(), replacement.key())) {
        return isSame(old.key(), replacement.key())
            ? new Node.Mapping(
                below.location(),
                List.of(
                    new Node.Entry(
                        old.key(),
                        replacement.location(),
                        merge(old.value(), replacement.value()))))
            : upper;
      }
    }
    Node.Mapping merged = below;
    for (Node.Entry entry : above.entries()) {
      Node old = below.get(entry.key());
      merged =
          merged.with(
              old == null
                  ? entry
                  : new Node.Entry(entry.key(), entry.location(), merge(old, entry.value())));
    }
    return merged;
  }

  /** Whether two keys name components of one kind. */
  boolean isAlternative(String a, String b) {
    List<Component<?>> others = registry.named(b);
    return registry.named(a).stream()
        .anyMatch(x -> others.stream().anyMatch(y -> x.kind() == y.kind()));
  }

  /** Whether two names mean one component. */
  boolean isSame(String a, String b) {
    List<Component<?>> others = registry.named(b);
    return registry.named(a).stream().anyMatch(others::contains);
  }
}
