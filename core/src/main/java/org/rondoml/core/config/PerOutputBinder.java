package org.rondoml.core.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rondoml.core.spi.Kind;

/**
 * Binds {@link PerOutput}: tells a component, {@code {MeanSquaredError: {...}}}, from a map by the
 * outputs' names, {@code {price: mse}}, and a list of metrics from a list of lists of them.
 */
final class PerOutputBinder {
  private final Components components;
  private final Binder binder;

  PerOutputBinder(Components components, Binder binder) {
    this.components = components;
    this.binder = binder;
  }

  Bound<?> bind(Type element, Node node, Place place) {
    boolean lists = isList(element);
    if (node instanceof Node.Sequence sequence) {
      boolean nested = sequence.items().stream().anyMatch(Node.Sequence.class::isInstance);
      return lists && !nested ? one(element, node, place) : inOrder(element, sequence, place);
    }
    if (node instanceof Node.Mapping mapping && !isComponent(element, mapping)) {
      return byName(element, mapping, place);
    }
    return one(element, node, place);
  }

  private Bound<?> one(Type element, Node node, Place place) {
    Bound<?> bound = element(element, node, place);
    Object value = bound.value();
    return bound.valid() && value != null
        ? new Bound<>(
            new PerOutput<>(PerOutput.Form.ONE, List.of(), List.of(value)),
            true,
            bound.resolved(),
            place,
            bound.parts())
        : Bound.failed(node, place, bound.parts());
  }

  private Bound<?> inOrder(Type element, Node.Sequence sequence, Place place) {
    List<Object> values = new ArrayList<>();
    List<Node> resolved = new ArrayList<>();
    Map<String, Bound<?>> parts = new LinkedHashMap<>();
    for (int i = 0; i < sequence.items().size(); i++) {
      Node item = sequence.items().get(i);
      Bound<?> bound = element(element, item, place.item(i, item.location()));
      parts.put(Integer.toString(i), bound);
      resolved.add(bound.resolved());
      Object value = bound.value();
      if (bound.valid() && value != null) {
        values.add(value);
      }
    }
    if (values.size() < resolved.size()) {
      return Bound.failed(sequence, place, parts);
    }
    return new Bound<>(
        new PerOutput<>(PerOutput.Form.IN_ORDER, List.of(), values),
        true,
        new Node.Sequence(sequence.location(), resolved),
        place,
        parts);
  }

  private Bound<?> byName(Type element, Node.Mapping mapping, Place place) {
    List<Object> values = new ArrayList<>();
    List<Node.Entry> resolved = new ArrayList<>();
    Map<String, Bound<?>> parts = new LinkedHashMap<>();
    for (Node.Entry entry : mapping.entries()) {
      Bound<?> bound = element(element, entry.value(), Binder.placeOf(entry, place, entry.key()));
      parts.put(entry.key(), bound);
      resolved.add(new Node.Entry(entry.key(), entry.location(), bound.resolved()));
      Object value = bound.value();
      if (bound.valid() && value != null) {
        values.add(value);
      }
    }
    if (values.size() < resolved.size()) {
      return Bound.failed(mapping, place, parts);
    }
    return new Bound<>(
        new PerOutput<>(PerOutput.Form.BY_NAME, mapping.keys(), values),
        true,
        new Node.Mapping(mapping.location(), resolved),
        place,
        parts);
  }

  /** Binds the value of one output; where it is a list, a single entry will do. */
  private Bound<?> element(Type element, Node node, Place place) {
    if (!isList(element) || node instanceof Node.Sequence) {
      return binder.value(element, node, place);
    }
    Bound<?> only = binder.value(innermost(element), node, place);
    Object value = only.value();
    return only.valid() && value != null
        ? new Bound<>(
            List.of(value),
            true,
            new Node.Sequence(node.location(), List.of(only.resolved())),
            place,
            Map.of("0", only))
        : Bound.failed(node, place, Map.of("0", only));
  }

  private boolean isComponent(Type element, Node.Mapping mapping) {
    Class<?> kind = (Class<?>) innermost(element);
    if (!kind.isAnnotationPresent(Kind.class)) {
      return false;
    }
    if (mapping.entry(ComponentBinder.CLASS_NAME) != null) {
      return true;
    }
    if (mapping.entries().size() != 1) {
      return false;
    }
    Node.Entry entry = mapping.entries().get(0);
    if (isKnown(kind, entry.key()) || Character.isUpperCase(entry.key().charAt(0))) {
      return true;
    }
    // {MeanSquaredErorr: {reduction: sum}} is a misspelt component, {price: {Huber: {delta: 2}}} is
    // one by name, and so is {price: {class_name: Huber}}.
    return entry.value() instanceof Node.Mapping inner
        && inner.entry(ComponentBinder.CLASS_NAME) == null
        && !(inner.entries().size() == 1 && isKnown(kind, inner.entries().get(0).key()));
  }

  private static boolean isList(Type element) {
    return element instanceof ParameterizedType generic && generic.getRawType() == List.class;
  }

  /** What the list is of, or what has keys. */
  private static Type innermost(Type element) {
    return element instanceof ParameterizedType generic
        ? generic.getActualTypeArguments()[0]
        : element;
  }

  private boolean isKnown(Class<?> kind, String name) {
    return components.find(kind, name) instanceof Components.Found<?>;
  }
}
