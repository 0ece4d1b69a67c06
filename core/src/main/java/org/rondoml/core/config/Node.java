package org.rondoml.core.config;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Shape;

/**
 * A piece of a document as it was written. Scalars keep their text: what it means depends on the
 * key it is bound to, so {@code 1/255} is a number for a number's key and a text for a text's.
 */
public sealed interface Node {
  /**
   * The key of a value that stands for a component's first argument, as in {@code Dropout: 0.2}; no
   * document has it.
   */
  String POSITIONAL = "";

  /** Where it begins. */
  Location location();

  /** The same with this and everything in it at one place. */
  default Node at(Location place) {
    if (this instanceof Mapping mapping) {
      return new Mapping(
          place,
          mapping.entries().stream()
              .map(e -> new Entry(e.key(), place, e.value().at(place)))
              .toList());
    }
    if (this instanceof Sequence sequence) {
      return new Sequence(place, sequence.items().stream().map(i -> i.at(place)).toList());
    }
    return this instanceof Scalar scalar
        ? new Scalar(place, scalar.text(), scalar.quoted())
        : new Invalid(place);
  }

  /** Whether this says that there is no value. */
  default boolean isNull() {
    return false;
  }

  /**
   * Whether another piece says the same: places don't count, nor the order of keys. What differs in
   * writing alone, {@code 1} and {@code 1.0}, is not the same; in resolved documents it doesn't.
   */
  default boolean saysTheSameAs(Node other) {
    if (this instanceof Mapping a && other instanceof Mapping b) {
      return a.entries.size() == b.entries.size()
          && a.entries.stream()
              .allMatch(
                  e -> {
                    Node value = b.get(e.key());
                    return value != null && e.value().saysTheSameAs(value);
                  });
    }
    if (this instanceof Sequence a && other instanceof Sequence b) {
      boolean same = a.items.size() == b.items.size();
      for (int i = 0; same && i < a.items.size(); i++) {
        same = a.items.get(i).saysTheSameAs(b.items.get(i));
      }
      return same;
    }
    return this instanceof Scalar a
        && other instanceof Scalar b
        && (a.isNull() ? b.isNull() : a.text.equals(b.text) && !b.isNull());
  }

  /**
   * Keys with values.
   *
   * @param location where it begins
   * @param entries the entries in their order, each key once
   */
  record Mapping(Location location, List<Entry> entries) implements Node {
    /** Copies the entries. */
    public Mapping {
      entries = List.copyOf(entries);
    }

    /** The entry of a key, or null. */
    public @Nullable Entry entry(String key) {
      for (Entry entry : entries) {
        if (entry.key().equals(key)) {
          return entry;
        }
      }
      return null;
    }

    /** The value of a key, or null. */
    public @Nullable Node get(String key) {
      Entry entry = entry(key);
      return entry == null ? null : entry.value();
    }

    /** The keys in their order. */
    public List<String> keys() {
      return entries.stream().map(Entry::key).toList();
    }

    /** This mapping with one key's value changed, or added at the end. */
    public Mapping with(Entry changed) {
      List<Entry> all = new ArrayList<>(entries);
      for (int i = 0; i < all.size(); i++) {
        if (all.get(i).key().equals(changed.key())) {
          all.set(i, changed);
          return new Mapping(location, all);
        }
      }
      all.add(changed);
      return new Mapping(location, all);
    }

    /** This mapping without a key. */
    public Mapping without(String key) {
      return new Mapping(location, entries.stream().filter(e -> !e.key().equals(key)).toList());
    }
  }

  /**
   * A key with its value.
   *
   * @param key the key
   * @param location where the key begins
   * @param value the value
   */
  record Entry(String key, Location location, Node value) {}

  /**
   * A list.
   *
   * @param location where it begins
   * @param items the items
   */
  record Sequence(Location location, List<Node> items) implements Node {
    /** Copies the items. */
    public Sequence {
      items = List.copyOf(items);
    }
  }

  /**
   * A single value.
   *
   * @param location where it begins
   * @param text its text, without quotes
   * @param quoted whether it was written in quotes or as a block, and so can only be text
   */
  record Scalar(Location location, String text, boolean quoted) implements Node {
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    @Override
    public boolean isNull() {
      return !quoted && NULLS.contains(text);
    }
  }

  /**
   * A value whose mistake has been reported: it is there, but nothing more is to be said of it.
   *
   * @param location where it begins
   */
  record Invalid(Location location) implements Node {}

  /** A mapping of one key. */
  static Mapping single(String key, Location at, Node value) {
    return new Mapping(at, List.of(new Entry(key, at, value)));
  }

  /** An unquoted scalar. */
  static Scalar plain(Location at, String text) {
    return new Scalar(at, text, false);
  }

  /**
   * The document for plain Java values: maps, lists, numbers, booleans, texts, enums, shapes, null.
   *
   * @throws IllegalArgumentException for any other type
   */
  static Node of(@Nullable Object value) {
    if (value == null) {
      return plain(Location.NONE, "null");
    }
    if (value instanceof Node node) {
      return node;
    }
    if (value instanceof Map<?, ?> map) {
      List<Entry> entries = new ArrayList<>();
      map.forEach((k, v) -> entries.add(new Entry(String.valueOf(k), Location.NONE, of(v))));
      return new Mapping(Location.NONE, entries);
    }
    if (value instanceof CharSequence || value instanceof Path) { // a path is an Iterable, of paths
      return new Scalar(Location.NONE, value.toString(), true);
    }
    if (value instanceof Iterable<?> list) {
      List<Node> items = new ArrayList<>();
      list.forEach(item -> items.add(of(item)));
      return new Sequence(Location.NONE, items);
    }
    if (value instanceof Shape shape) {
      return of(shape.dimensions().stream().map(d -> d == Shape.UNKNOWN ? null : d).toList());
    }
    if (value instanceof Double || value instanceof Float) {
      return plain(Location.NONE, Numbers.text(((Number) value).doubleValue()));
    }
    if (value instanceof BigDecimal decimal) {
      return plain(Location.NONE, decimal.toString());
    }
    if (value instanceof Number || value instanceof Boolean) {
      return plain(Location.NONE, value.toString());
    }
    if (value instanceof Enum<?> constant) {
      return plain(Location.NONE, Scalars.enumName(constant));
    }
    throw new IllegalArgumentException("a config has no values of " + value.getClass().getName());
  }
}
