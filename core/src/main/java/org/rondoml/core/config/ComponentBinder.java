package org.rondoml.core.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.ComponentProvider;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.InputLayer;
import org.rondoml.core.spi.Kind;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.LayerArguments;
import org.rondoml.core.spi.Nested;
import org.rondoml.core.spi.OldName;
import org.rondoml.core.spi.SharedLayer;

/**
 * Binds a component in any of its notations: {@code Name}, {@code Name: {key: value}}, {@code Name:
 * value}, {@code {class_name: Name, config: {...}}}; where the kind has them, a bare number and
 * null as well.
 */
final class ComponentBinder {
  static final String CLASS_NAME = Notations.CLASS_NAME;
  private static final String CONFIG = Notations.CONFIG;
  private static final String NAME = "name";

  private final Components components;
  private final Binder binder;
  private final Semantics semantics;
  private final Problems problems;

  ComponentBinder(Components components, Binder binder, Semantics semantics, Problems problems) {
    this.components = components;
    this.binder = binder;
    this.semantics = semantics;
    this.problems = problems;
  }

  /**
   * A component as it is written.
   *
   * @param name its name in the document
   * @param place where the name stands
   * @param arguments its config, or the value of its first argument; null for neither
   * @param beside what stands beside it
   */
  private record Notation(
      String name, Place place, @Nullable Node arguments, List<Node.Entry> beside) {}

  /**
   * A component, and the record of the keys that all of its kind have.
   *
   * @param id the component's id
   * @param component what became of the component
   * @param common what became of the common keys; null where the kind has none
   */
  private record Configured<T>(String id, Bound<T> component, @Nullable Bound<Record> common) {}

  <T> Bound<T> bind(Class<T> kind, Node node, Place place) {
    Notation notation = notation(kind, node, place, Set.of());
    return notation == null
        ? Bound.failed(node, place)
        : configure(kind, notation, null, node).component();
  }

  /** Binds an item: never fails as a whole, so that the other items of a list keep their sense. */
  <T, A extends Record, B extends Record> Bound<Item<T, A, B>> item(
      Class<T> kind, Class<A> commonType, Class<B> besideType, Node node, Place place) {
    ConfigSchema besideSchema = binder.schema(besideType);
    Notation notation = notation(kind, node, place, Set.copyOf(besideSchema.names()));
    if (notation == null) {
      return Bound.of(new Item<>("", null, null, null, place), node, place);
    }
    Configured<T> configured = configure(kind, notation, binder.schema(commonType), node);
    Node.Mapping besideNode = new Node.Mapping(node.location(), notation.beside());
    Binder.Fields fields = binder.fields(besideSchema, besideNode, place, List.of());
    Bound<Record> beside = binder.instantiate(besideSchema, fields, besideNode, place);
    Bound<Record> common = configured.common();
    Item<T, A, B> item =
        new Item<>(
            configured.id(),
            configured.component().value(),
            common == null ? null : commonType.cast(common.value()),
            besideType.cast(beside.value()),
            notation.place());
    List<Node.Entry> resolved = new ArrayList<>();
    if (configured.component().resolved() instanceof Node.Mapping mapping) {
      resolved.addAll(mapping.entries());
    }
    for (Node.Entry entry : fields.resolved()) {
      if (!entry.value().isNull()) {
        resolved.add(entry);
      }
    }
    Map<String, Bound<?>> parts = new LinkedHashMap<>(configured.component().parts());
    parts.putAll(beside.parts());
    return new Bound<>(item, true, new Node.Mapping(node.location(), resolved), place, parts);
  }

  /** Binds a component inside another, which may have the keys that every layer has. */
  <T> Bound<Nested<T>> nested(Class<T> kind, Node node, Place place) {
    Bound<Nested<T>> bound = withArguments(kind, LayerArguments.class, node, place, Nested::new);
    Nested<T> inner = bound.value();
    if (inner != null
        && (inner.component() instanceof InputLayer || inner.component() instanceof SharedLayer)) {
      problems.error(
          place,
          "found "
              + inner.id()
              + ", expected a layer that computes something: "
              + inner.id()
              + " stands only in model.layers itself");
      return Bound.failed(node, place, bound.parts());
    }
    return bound;
  }

  /** Binds a component that may have the keys that all of its kind have. */
  <T, A extends Record> Bound<WithArguments<T, A>> withArguments(
      Class<T> kind, Class<A> argumentsType, Node node, Place place) {
    return withArguments(
        kind,
        argumentsType,
        node,
        place,
        (id, component, arguments) -> new WithArguments<>(component, arguments));
  }

  /** Makes one of a component and the keys that all of its kind have. */
  @FunctionalInterface
  private interface Union<T, A, R> {
    R of(String id, T component, A arguments);
  }

  private <T, A extends Record, R> Bound<R> withArguments(
      Class<T> kind, Class<A> argumentsType, Node node, Place place, Union<T, A, R> union) {
    Notation notation = notation(kind, node, place, Set.of());
    if (notation == null) {
      return Bound.failed(node, place);
    }
    Configured<T> configured = configure(kind, notation, binder.schema(argumentsType), node);
    Bound<T> bound = configured.component();
    T component = bound.value();
    Record arguments = configured.common() == null ? null : configured.common().value();
    if (component == null || arguments == null) {
      return Bound.failed(node, place, bound.parts());
    }
    return new Bound<>(
        union.of(configured.id(), component, argumentsType.cast(arguments)),
        bound.valid(),
        bound.resolved(),
        bound.place(),
        bound.parts());
  }

  private <T> @Nullable Notation notation(
      Class<T> kind, Node node, Place place, Set<String> besideKeys) {
    Kind words = kind.getAnnotation(Kind.class);
    if (node instanceof Node.Scalar scalar) {
      return scalar(words, kind, scalar, place);
    }
    String expected = "expected " + Words.of(words);
    if (!(node instanceof Node.Mapping mapping) || mapping.entries().isEmpty()) {
      String found = node instanceof Node.Mapping ? "an empty map" : Words.found(node);
      binder.fail(node, place, "found " + found + ", " + expected + ": Name or Name: {key: value}");
      return null;
    }
    if (mapping.entry(CLASS_NAME) != null) {
      return classAndConfig(mapping, place, besideKeys);
    }
    List<Node.Entry> names = new ArrayList<>();
    List<Node.Entry> beside = new ArrayList<>();
    for (Node.Entry entry : mapping.entries()) {
      (besideKeys.contains(entry.key()) ? beside : names).add(entry);
    }
    if (names.isEmpty()) {
      problems.error(place, "found only " + String.join(", ", mapping.keys()) + ", " + expected);
      return null;
    }
    Node.Entry named = names.get(0);
    for (Node.Entry entry : names) {
      if (names.size() > 1 && components.find(kind, entry.key()) instanceof Components.Found<T>) {
        named = entry;
        break;
      }
    }
    names.remove(named);
    for (Node.Entry entry : names) {
      Place at = place.key(entry.key(), entry.location());
      problems.error(at, besideName(kind, words, named.key(), entry.key(), besideKeys));
    }
    if (!names.isEmpty()) {
      return null;
    }
    Place at = place.key(named.key(), named.location());
    return new Notation(named.key(), at, named.value(), beside);
  }

  private String besideName(
      Class<?> kind, Kind words, String name, String other, Set<String> besideKeys) {
    if (components.find(kind, other) instanceof Components.Found<?>) {
      return "a second "
          + words.value()
          + " beside '"
          + name
          + "': one is expected here; in a list each has a dash of its own";
    }
    return "unknown key beside '"
        + name
        + "'"
        + NearMiss.suggestion(other, besideKeys)
        + "; arguments are indented below the name: "
        + name
        + ": {"
        + other
        + ": ...}";
  }

  private @Nullable Notation scalar(Kind words, Class<?> kind, Node.Scalar scalar, Place place) {
    String text = scalar.text();
    String expected = "expected " + Words.of(words);
    if (scalar.isNull()) {
      if (!words.none().isEmpty()) {
        return new Notation(words.none(), place, null, List.of());
      }
      problems.error(place, "found " + Words.found(scalar) + ", " + expected);
      return null;
    }
    if (!words.number().isEmpty() && Numbers.looksLikeNumber(scalar)) {
      return new Notation(words.number(), place, scalar, List.of());
    }
    if (!scalar.quoted() && Numbers.isNumber(text)) {
      problems.error(place, "found " + text + ", " + expected + " by name");
      return null;
    }
    Optional<PythonCall> call = PythonCall.of(text);
    if (call.isPresent()) {
      problems.error(
          place,
          "found " + Words.found(scalar) + ", a call in Python: write " + yaml(kind, call.get()));
      return null;
    }
    return new Notation(text, place, null, List.of());
  }

  private String yaml(Class<?> kind, PythonCall call) {
    List<String> keys =
        components.find(kind, call.name()) instanceof Components.Found<?> found
            ? binder.schema(found.provider().configType()).names()
            : List.of();
    return call.yaml(keys);
  }

  private @Nullable Notation classAndConfig(
      Node.Mapping mapping, Place place, Set<String> besideKeys) {
    List<Node.Entry> beside = new ArrayList<>();
    Node name = mapping.get(CLASS_NAME);
    Node config = null;
    boolean valid = true;
    String path = place.path();
    for (Node.Entry entry : mapping.entries()) {
      Place at = place.key(entry.key(), entry.location());
      if (entry.key().equals(CONFIG)) {
        config = entry.value();
        path = at.path();
        if (!(config instanceof Node.Mapping || config.isNull())) {
          binder.fail(
              config, at, "found " + Words.found(config) + ", expected a map of keys and values");
          valid = false;
        }
      } else if (besideKeys.contains(entry.key())) {
        beside.add(entry);
      } else if (!entry.key().equals(CLASS_NAME)) {
        List<String> known = new ArrayList<>(List.of(CLASS_NAME, CONFIG));
        known.addAll(besideKeys);
        String near = NearMiss.suggestion(entry.key(), known);
        problems.error(
            at,
            "unknown key" + (near.isEmpty() ? "; known keys: " + String.join(", ", known) : near));
        valid = false;
      }
    }
    if (!(name instanceof Node.Scalar scalar) || scalar.isNull()) {
      Node found = name == null ? mapping : name;
      binder.fail(
          found,
          place.key(CLASS_NAME, found.location()),
          "found " + Words.found(found) + ", expected the name of a class");
      return null;
    }
    return valid
        ? new Notation(scalar.text(), new Place(scalar.location(), path), config, beside)
        : null;
  }

  private <T> Configured<T> configure(
      Class<T> kind, Notation notation, @Nullable ConfigSchema commonSchema, Node node) {
    Place place = notation.place();
    Components.Lookup<T> lookup = components.find(kind, notation.name());
    if (lookup instanceof Components.Missing<T> missing) {
      problems.error(place, missing.message());
      return new Configured<>("", Bound.failed(node, place), null);
    }
    Components.Found<T> found = (Components.Found<T>) lookup;
    return configure(kind, found.provider(), found.origin(), notation, commonSchema, node);
  }

  private <C extends Record, T> Configured<T> configure(
      Class<T> kind,
      ComponentProvider<C, T> provider,
      String origin,
      Notation notation,
      @Nullable ConfigSchema commonSchema,
      Node node) {
    Place place = notation.place();
    String id = provider.id();
    checkGeneration(provider, notation);
    ConfigSchema schema = binder.schema(provider.configType());
    Node.Mapping config =
        keepsName(kind, id, schema, notation)
            ? Node.single(NAME, place.location(), Node.plain(place.location(), notation.name()))
            : config(schema, commonSchema, notation);
    if (config == null) {
      return new Configured<>(id, Bound.failed(node, place), null);
    }
    List<String> commonNames = commonSchema == null ? List.of() : commonSchema.names();
    Node.Mapping own =
        new Node.Mapping(
            config.location(),
            config.entries().stream()
                .filter(e -> !isCommon(e.key(), schema, commonNames))
                .toList());
    List<String> alsoKnown =
        commonNames.stream().filter(name -> provider.unknown(name, semantics) == null).toList();
    Binder.Fields fields = binder.fields(schema, own, place, alsoKnown);
    Bound<Record> record = binder.instantiate(schema, fields, own, place);
    List<Node.Entry> resolved =
        new ArrayList<>(
            record.resolved() instanceof Node.Mapping held ? held.entries() : fields.resolved());
    Map<String, Bound<?>> parts = new LinkedHashMap<>(fields.parts());
    Bound<Record> common =
        commonSchema == null
            ? null
            : common(commonSchema, schema, provider, config, place, resolved, parts);
    T component = null;
    Record made = record.value();
    if (made != null) {
      component = create(kind, provider, origin, provider.configType().cast(made), parts, place);
    }
    Node written = written(kind, id, resolved, node.location());
    return new Configured<>(
        id, new Bound<>(component, component != null, written, place, parts), common);
  }

  /**
   * Binds the keys that all of a kind have, but for those that are among the component's own.
   *
   * @param schema the component's own keys
   * @param config all keys that are given
   * @param resolved gathers the resolved entries
   * @param parts gathers what became of the keys
   */
  private Bound<Record> common(
      ConfigSchema commonSchema,
      ConfigSchema schema,
      ComponentProvider<?, ?> provider,
      Node.Mapping config,
      Place place,
      List<Node.Entry> resolved,
      Map<String, Bound<?>> parts) {
    List<Node.Entry> given = new ArrayList<>();
    boolean known = true;
    for (Node.Entry entry : config.entries()) {
      if (isCommon(entry.key(), schema, commonSchema.names())) {
        String unknown = provider.unknown(entry.key(), semantics);
        if (unknown == null) {
          given.add(entry);
        } else {
          known = false;
          problems.error(place.key(entry.key(), entry.location()), unknown);
        }
      }
    }
    Node.Mapping rest = new Node.Mapping(config.location(), given);
    Binder.Fields fields = binder.fields(commonSchema, rest, place, schema.names());
    for (Node.Entry entry : fields.resolved()) {
      if (isCommon(entry.key(), schema, commonSchema.names())
          && provider.unknown(entry.key(), semantics) == null) {
        resolved.add(entry);
      }
    }
    fields.parts().forEach(parts::putIfAbsent);
    return known
        ? binder.instantiate(commonSchema, fields, rest, place)
        : Bound.failed(rest, place);
  }

  /** Reports a component that the generation doesn't have, or not under this name. */
  private void checkGeneration(ComponentProvider<?, ?> provider, Notation notation) {
    String unknown = "'" + notation.name() + "' is not known in semantics: " + semantics + "; ";
    KnownIn known = provider.configType().getAnnotation(KnownIn.class);
    if (known != null && !List.of(known.value()).contains(semantics)) {
      problems.error(notation.place(), unknown + known.cure());
    }
    for (OldName name : provider.oldNames()) {
      if (name.name().equals(notation.name()) && !name.in().contains(semantics)) {
        problems.error(notation.place(), unknown + "write " + provider.id());
      }
    }
  }

  /** Whether the name as it is written becomes the component's own; {@link Kind#keepsName}. */
  private boolean keepsName(Class<?> kind, String id, ConfigSchema schema, Notation notation) {
    return notation.arguments() == null
        && kind.getAnnotation(Kind.class).keepsName()
        && schema.key(NAME).isPresent()
        && !(notation.name().equals(id) && semantics != Semantics.KERAS3);
  }

  private static boolean isCommon(String key, ConfigSchema own, List<String> commonNames) {
    return commonNames.contains(key) && own.key(key).isEmpty();
  }

  private Node.@Nullable Mapping config(
      ConfigSchema schema, @Nullable ConfigSchema commonSchema, Notation notation) {
    Node arguments = notation.arguments();
    Location at = notation.place().location();
    if (arguments == null || arguments.isNull()) {
      return new Node.Mapping(at, List.of());
    }
    if (arguments instanceof Node.Mapping mapping) {
      return isFirstArgument(schema, commonSchema, mapping) ? positional(at, mapping) : mapping;
    }
    if (arguments instanceof Node.Invalid) {
      return null;
    }
    if (schema.keys().isEmpty()) {
      Place place = new Place(arguments.location(), notation.place().path());
      problems.error(
          place,
          "found " + Words.found(arguments) + ", but " + notation.name() + " takes no arguments");
      return null;
    }
    return positional(at, arguments);
  }

  private static Node.Mapping positional(Location at, Node value) {
    return new Node.Mapping(at, List.of(new Node.Entry(Node.POSITIONAL, value.location(), value)));
  }

  /**
   * Whether {@code Bidirectional: {LSTM: {units: 3}}} names a component for the first argument, and
   * is no config.
   */
  private boolean isFirstArgument(
      ConfigSchema schema, @Nullable ConfigSchema commonSchema, Node.Mapping mapping) {
    if (mapping.entries().size() != 1 || schema.keys().isEmpty()) {
      return false;
    }
    String key = mapping.entries().get(0).key();
    Type type = schema.keys().get(0).type();
    if (type instanceof ParameterizedType generic && generic.getRawType() == Nested.class) {
      type = generic.getActualTypeArguments()[0];
    }
    return type instanceof Class<?> first
        && first.isAnnotationPresent(Kind.class)
        && schema.key(key).isEmpty()
        && (commonSchema == null || commonSchema.key(key).isEmpty())
        && components.find(first, key) instanceof Components.Found<?>;
  }

  private <C extends Record, T> @Nullable T create(
      Class<T> kind,
      ComponentProvider<C, T> provider,
      String origin,
      C config,
      Map<String, Bound<?>> parts,
      Place place) {
    try {
      return kind.cast(provider.create(config, semantics));
    } catch (ConfigException e) {
      binder.report(e, parts, place);
    } catch (RuntimeException | LinkageError e) {
      problems.error(
          place, "a defect in " + provider.getClass().getName() + " of " + origin + ": " + e);
    }
    return null;
  }

  /**
   * The component in the document with every default: a bare name, a bare number, or its id with
   * its keys.
   */
  private static Node written(Class<?> kind, String id, List<Node.Entry> keys, Location at) {
    if (keys.isEmpty()) {
      return Node.plain(at, id);
    }
    if (keys.size() == 1 && id.equals(kind.getAnnotation(Kind.class).number())) {
      return keys.get(0).value();
    }
    return Node.single(id, at, new Node.Mapping(at, keys));
  }
}
