package org.rondoml.core.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Kind;
import org.rondoml.core.spi.LayerArguments;
import org.rondoml.core.spi.Nested;
import org.rondoml.core.spi.OneOrMany;

/**
 * Writes a {@linkplain Bound#resolved() resolved} document as a person would: without what is
 * default, a component without arguments by its name alone, {@code he_normal}, one whose first
 * argument alone is given with that, {@code Dropout: 0.2}. It binds to the same.
 */
public final class Concise {
  private final Components components;
  private final Schemas schemas;
  private final Binder binder;
  private final Semantics semantics;
  private final UnaryOperator<String> lowerCase;

  /**
   * A writer for documents of one generation.
   *
   * @param components where components are looked up
   * @param schemas the schemas made so far
   * @param semantics whose defaults
   * @param lowerCase the other name of a class, {@code he_normal} for {@code HeNormal}
   */
  public Concise(
      Components components,
      Schemas schemas,
      Semantics semantics,
      UnaryOperator<String> lowerCase) {
    this.components = components;
    this.schemas = schemas;
    this.semantics = semantics;
    this.lowerCase = lowerCase;
    this.binder = new Binder(components, schemas, semantics, new Problems());
  }

  /** The document of a record, without what is default. */
  public Node.Mapping record(Class<? extends Record> type, Node.Mapping resolved) {
    return keys(List.of(schemas.of(type)), resolved);
  }

  /** A component without what is default; one without arguments is its name. */
  public Node component(Class<?> kind, Node resolved) {
    ConfigSchema common = schemas.of(kind.getAnnotation(Kind.class).arguments());
    return component(kind, List.of(common), resolved, !common.names().isEmpty());
  }

  /** Whether a key of a record has the value that it has where it isn't given. */
  public boolean isDefault(Class<? extends Record> type, String name, Node value) {
    return schemas.of(type).key(name).filter(key -> isDefault(key, value)).isPresent();
  }

  private Node.Mapping keys(List<ConfigSchema> among, Node.Mapping resolved) {
    List<Node.Entry> left = new ArrayList<>();
    Node.Mapping all = resolved;
    for (Node.Entry entry : resolved.entries()) {
      ConfigSchema schema =
          among.stream().filter(s -> s.key(entry.key()).isPresent()).findFirst().orElse(null);
      ConfigSchema.Key key = schema == null ? null : schema.key(entry.key()).orElseThrow();
      if (schema == null || key == null) {
        left.add(entry);
      } else if (isDefault(key, entry.value()) || isNotMissed(schema, key, all)) {
        all = all.without(key.name());
      } else {
        left.add(new Node.Entry(entry.key(), entry.location(), value(key.type(), entry.value())));
      }
    }
    return new Node.Mapping(resolved.location(), left);
  }

  /**
   * Whether the record would be the same without a key though that has not its default: a list may
   * stand for a number, and what is left out be as large as something else.
   */
  private boolean isNotMissed(ConfigSchema schema, ConfigSchema.Key key, Node.Mapping all) {
    if (!key.isWholeNumbers()) {
      return false;
    }
    Node.Mapping own =
        new Node.Mapping(
            all.location(),
            all.entries().stream().filter(e -> schema.key(e.key()).isPresent()).toList());
    Place place = Place.root(Location.NONE);
    Bound<?> with = binder.record(schema.type(), own, place);
    Bound<?> without = binder.record(schema.type(), own.without(key.name()), place);
    return with.valid() && without.valid() && with.resolved().saysTheSameAs(without.resolved());
  }

  private boolean isDefault(ConfigSchema.Key key, Node value) {
    String text = key.defaultText(semantics);
    if (text == null) {
      return key.nullable() && value.isNull();
    }
    Node written = FlowText.parse(text, Location.NONE);
    if (key.nullable() && written.isNull()) {
      return value.isNull();
    }
    Place place = Place.root(Location.NONE);
    return binder.value(key.type(), written, place).resolved().saysTheSameAs(value);
  }

  private Node value(Type type, Node node) {
    if (type instanceof ParameterizedType generic) {
      return generic(generic, node);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isAnnotationPresent(Kind.class)) {
      return component(plain, List.of(), node, false);
    }
    return plain.isRecord() && node instanceof Node.Mapping mapping
        ? record(plain.asSubclass(Record.class), mapping)
        : node;
  }

  private Node generic(ParameterizedType type, Node node) {
    Type[] arguments = type.getActualTypeArguments();
    Type raw = type.getRawType();
    if (raw == List.class && node instanceof Node.Sequence sequence) {
      return list(arguments[0], sequence);
    }
    if (raw == OneOrMany.class) {
      return oneOrMany(arguments[0], node);
    }
    if (raw == Map.class && node instanceof Node.Mapping mapping) {
      return map(arguments[1], mapping);
    }
    if (raw == PerOutput.class) {
      return perOutput(arguments[0], node);
    }
    if (raw == Nested.class) {
      ConfigSchema common = schemas.of(LayerArguments.class);
      return component((Class<?>) arguments[0], List.of(common), node, true);
    }
    if (raw == WithArguments.class) {
      return component((Class<?>) arguments[0], List.of(schema(arguments[1])), node, true);
    }
    if (raw == Item.class && node instanceof Node.Mapping mapping) {
      return item(type, mapping);
    }
    return node;
  }

  private ConfigSchema schema(Type type) {
    return schemas.of(((Class<?>) type).asSubclass(Record.class));
  }

  private Node list(Type element, Node.Sequence sequence) {
    List<Node> items = sequence.items().stream().map(item -> value(element, item)).toList();
    boolean nested =
        element instanceof ParameterizedType generic && generic.getRawType() == Nested.class;
    // Where a list may be written as its only item, it is.
    boolean bare = nested || element == String.class || element == Integer.class;
    return items.size() == 1 && bare ? items.get(0) : new Node.Sequence(sequence.location(), items);
  }

  /** A list stays one: it may be something else than its only item. */
  private Node oneOrMany(Type element, Node node) {
    return node instanceof Node.Sequence sequence
        ? new Node.Sequence(
            node.location(), sequence.items().stream().map(i -> value(element, i)).toList())
        : value(element, node);
  }

  private Node map(Type element, Node.Mapping mapping) {
    return new Node.Mapping(
        mapping.location(),
        mapping.entries().stream()
            .map(e -> new Node.Entry(e.key(), e.location(), value(element, e.value())))
            .toList());
  }

  private Node perOutput(Type element, Node node) {
    boolean lists =
        element instanceof ParameterizedType generic && generic.getRawType() == List.class;
    if (node instanceof Node.Sequence sequence) {
      boolean nested = sequence.items().stream().anyMatch(Node.Sequence.class::isInstance);
      return lists && !nested
          ? value(element, node)
          : new Node.Sequence(
              node.location(), sequence.items().stream().map(i -> value(element, i)).toList());
    }
    if (lists && node instanceof Node.Mapping mapping) {
      return map(element, mapping);
    }
    Type only =
        element instanceof ParameterizedType generic
            ? generic.getActualTypeArguments()[0]
            : element;
    boolean byName =
        node instanceof Node.Mapping mapping
            && !(mapping.entries().size() == 1 && isKnown(only, mapping.keys().get(0)));
    return byName ? map(element, (Node.Mapping) node) : value(element, node);
  }

  private boolean isKnown(Type kind, String name) {
    return kind instanceof Class<?> plain
        && components.find(plain, name) instanceof Components.Found<?>;
  }

  private Node item(ParameterizedType type, Node.Mapping item) {
    Type[] arguments = type.getActualTypeArguments();
    ConfigSchema beside = schema(arguments[2]);
    List<Node.Entry> all = new ArrayList<>();
    for (Node.Entry entry : item.entries()) {
      ConfigSchema.Key key = beside.key(entry.key()).orElse(null);
      if (key != null) {
        Node value = value(key.type(), entry.value());
        all.add(new Node.Entry(entry.key(), entry.location(), value));
        continue;
      }
      Node whole =
          component(
              (Class<?>) arguments[0],
              List.of(schema(arguments[1])),
              Node.single(entry.key(), entry.location(), entry.value()),
              true);
      if (whole instanceof Node.Mapping mapping) {
        all.addAll(mapping.entries());
      } else if (item.entries().size() == 1) {
        return whole;
      } else {
        Node none = new Node.Mapping(item.location(), List.of());
        all.add(new Node.Entry(entry.key(), entry.location(), none));
      }
    }
    return new Node.Mapping(item.location(), all);
  }

  /**
   * A component.
   *
   * @param common the keys that all of its kind have
   * @param asClass whether it goes by the name of its class, as layers do, though it stands alone
   */
  private Node component(Class<?> kind, List<ConfigSchema> common, Node node, boolean asClass) {
    if (node instanceof Node.Scalar scalar && isKnown(kind, scalar.text())) {
      return name(kind, scalar.text(), asClass);
    }
    if (!(node instanceof Node.Mapping mapping)
        || mapping.entries().size() != 1
        || !(mapping.entries().get(0).value() instanceof Node.Mapping config)
        || !(components.find(kind, mapping.keys().get(0)) instanceof Components.Found<?> found)) {
      return node;
    }
    String id = mapping.keys().get(0);
    ConfigSchema own = schemas.of(found.provider().configType());
    List<ConfigSchema> schemasOfKeys = new ArrayList<>(List.of(own));
    schemasOfKeys.addAll(common);
    List<Node.Entry> left = keys(schemasOfKeys, config).entries();
    if (kind.getAnnotation(Kind.class).keepsName() && hasNoMoreThanAName(left)) {
      return named(kind, id, mapping, config, left);
    }
    if (left.isEmpty()) {
      return name(kind, id, asClass);
    }
    Node.Entry first = left.get(0);
    boolean positional =
        left.size() == 1
            && first.key().equals(own.names().isEmpty() ? "" : own.names().get(0))
            && first.value() instanceof Node.Scalar
            && !first.value().isNull();
    return Node.single(
        id,
        mapping.location(),
        positional ? first.value() : new Node.Mapping(config.location(), left));
  }

  private static boolean hasNoMoreThanAName(List<Node.Entry> left) {
    return left.stream().allMatch(entry -> entry.key().equals("name"));
  }

  /**
   * A component whose name is the one that it is written as where it stands alone: {@code mae} is
   * called so, and one that isn't named has braces.
   *
   * @param left what is not as by default: the name, or nothing
   */
  private Node named(
      Class<?> kind,
      String id,
      Node.Mapping component,
      Node.Mapping config,
      List<Node.Entry> left) {
    boolean alone =
        config.get("name") instanceof Node.Scalar name
            && !name.isNull()
            && components.find(kind, name.text()) instanceof Components.Found<?> found
            && found.provider().id().equals(id);
    return alone && config.get("name") instanceof Node.Scalar name
        ? Node.plain(name.location(), name.text())
        : Node.single(id, component.location(), new Node.Mapping(config.location(), left));
  }

  /** The name of a component without arguments, in lower case where that means the same. */
  private Node name(Class<?> kind, String id, boolean asClass) {
    String snake = lowerCase.apply(id);
    boolean same =
        components.find(kind, snake) instanceof Components.Found<?> found
            && found.provider().id().equals(id);
    boolean keepsName = kind.getAnnotation(Kind.class).keepsName();
    return Node.plain(Location.NONE, same && !asClass && !keepsName ? snake : id);
  }
}
