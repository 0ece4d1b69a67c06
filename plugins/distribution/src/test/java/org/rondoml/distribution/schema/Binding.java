package org.rondoml.distribution.schema;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.rondoml.api.Problem;
import org.rondoml.api.Semantics;
import org.rondoml.core.config.Bound;
import org.rondoml.core.config.Item;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.Node;
import org.rondoml.core.config.Place;
import org.rondoml.core.config.Problems;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Layer;
import org.rondoml.dsl.language.StrictYaml;
import org.rondoml.dsl.specification.Document;
import org.rondoml.dsl.specification.InputShape;

/**
 * A model file as far as {@code rondo check} goes without knowing what the layers are for: keys,
 * types, ranges.
 *
 * @param document the document
 * @param problems what is wrong
 * @param bound what became of it; null where it is no YAML or no map
 */
record Binding(Node document, List<Problem> problems, Bound<?> bound) {
  static Binding of(String text, Registry registry) {
    Problems problems = new Problems();
    Node read = new StrictYaml(problems).read("model.yaml", text.getBytes(StandardCharsets.UTF_8));
    return problems.hasErrors()
        ? new Binding(read, problems.sorted(), null)
        : of(read, registry, problems);
  }

  static Binding of(Node document, Registry registry) {
    return of(document, registry, new Problems());
  }

  private static Binding of(Node read, Registry registry, Problems problems) {
    Place root = Place.root(Location.NONE);
    if (!(read instanceof Node.Mapping mapping)) {
      problems.error(root, "found no keys and values");
      return new Binding(read, problems.sorted(), null);
    }
    if (mapping.get("rondo") instanceof Node.Scalar version
        && version.text().matches("[-+]?[0-9]+")
        && !version.text().equals("1")) {
      problems.error(root, "another version");
    }
    InputShape shape = InputShape.takenFrom(mapping);
    var binder = registry.binder(semantics(mapping), problems);
    Bound<?> bound = binder.record(Document.class, shape.document(), root);
    if (shape.shape() != null) {
      Node config = new Node.Mapping(Location.NONE, List.of(renamed(shape.shape())));
      binder.component(Layer.class, Node.single(InputShape.INPUT, Location.NONE, config), root);
    }
    return new Binding(read, problems.sorted(), bound);
  }

  private static Node.Entry renamed(Node.Entry shape) {
    return new Node.Entry("shape", shape.location(), shape.value());
  }

  private static Semantics semantics(Node.Mapping document) {
    String written =
        document.get("semantics") instanceof Node.Scalar scalar
            ? scalar.text().toLowerCase(Locale.ROOT)
            : "";
    return Stream.of(Semantics.values())
        .filter(s -> s.toString().equals(written))
        .findFirst()
        .orElse(Semantics.KERAS3);
  }

  boolean isValid() {
    return problems.isEmpty();
  }

  /** Whether each message matches. */
  boolean saysOnly(String regex) {
    return problems.stream().allMatch(p -> p.message().matches("(?s).*(?:" + regex + ").*"));
  }

  /**
   * Whether every value is right by itself: what is wrong was found by a record or component that
   * got them all.
   */
  boolean isContradiction() {
    List<Bound<?>> wrong = new ArrayList<>();
    if (bound != null) {
      collect(bound, wrong);
    }
    return !wrong.isEmpty() && wrong.stream().noneMatch(b -> b.parts().isEmpty());
  }

  /** Collects the innermost that have no value. */
  private static void collect(Bound<?> bound, List<Bound<?>> wrong) {
    int before = wrong.size();
    bound.parts().values().forEach(part -> collect(part, wrong));
    boolean noValue =
        !bound.valid()
            || (bound.value() instanceof Item<?, ?, ?> item
                && (item.component() == null || item.arguments() == null || item.beside() == null));
    if (noValue && wrong.size() == before) {
      wrong.add(bound);
    }
  }
}
