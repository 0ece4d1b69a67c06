package org.rondoml.core.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.OneOrMany;

/**
 * Binds a document to records and components. Every mistake is collected with its place; nothing
 * stops at the first. What is bound comes with the {@linkplain Bound#resolved() resolved} document:
 * defaults written out, components under their ids.
 */
public final class Binder {
  private final Components given;
  private final Schemas schemas;
  private final Semantics semantics;
  private final Problems problems;
  private final PathVariables variables;
  private final ComponentBinder components;
  private final PerOutputBinder perOutput;

  /**
   * A binder for one document.
   *
   * @param components where components are looked up
   * @param schemas the schemas made so far
   * @param semantics whose defaults
   * @param problems collects the mistakes
   */
  public Binder(Components components, Schemas schemas, Semantics semantics, Problems problems) {
    this(components, schemas, semantics, problems, PathVariables.none());
  }

  private Binder(
      Components components,
      Schemas schemas,
      Semantics semantics,
      Problems problems,
      PathVariables variables) {
    this.given = components;
    this.variables = variables;
    this.schemas = schemas;
    this.semantics = semantics;
    this.problems = problems;
    this.components = new ComponentBinder(components, this, semantics, problems);
    this.perOutput = new PerOutputBinder(components, this);
  }

  /**
   * This binder for a document of which one section may have {@code ${NAME}} in its paths.
   *
   * @param section the section's key
   * @param values the value of a variable by name; null where there is none
   */
  public Binder withVariables(String section, UnaryOperator<@Nullable String> values) {
    return new Binder(given, schemas, semantics, problems, new PathVariables(section, values));
  }

  /** Whose defaults. */
  public Semantics semantics() {
    return semantics;
  }

  /** Binds a map to a record. */
  public <R extends Record> Bound<R> record(Class<R> type, Node node, Place place) {
    ConfigSchema schema = schemas.of(type);
    if (!(node instanceof Node.Mapping mapping)) {
      return fail(
          node,
          place,
          "found "
              + Words.found(node)
              + ", expected a map of keys and values"
              + wrap(schema, node));
    }
    Fields fields = fields(schema, mapping, place, List.of());
    Bound<Record> bound = instantiate(schema, fields, mapping, place);
    return new Bound<>(
        type.cast(bound.value()), bound.valid(), bound.resolved(), place, bound.parts());
  }

  /** The cure where a list stands in the place of a map whose first key is a list. */
  private static String wrap(ConfigSchema schema, Node node) {
    boolean list =
        node instanceof Node.Sequence
            && !schema.keys().isEmpty()
            && schema.keys().get(0).type() instanceof ParameterizedType generic
            && generic.getRawType() == List.class;
    return list ? ": write '" + schema.keys().get(0).name() + ":' above it, and indent it" : "";
  }

  /** Binds any of the component notations. */
  public <T> Bound<T> component(Class<T> kind, Node node, Place place) {
    return components.bind(kind, node, place);
  }

  /**
   * Binds an item of a list that says more than its component does; what is wrong with its parts
   * leaves them null.
   */
  public <T, A extends Record, B extends Record> Bound<Item<T, A, B>> item(
      Class<T> kind, Class<A> arguments, Class<B> beside, Node node, Place place) {
    return components.item(kind, arguments, beside, node, place);
  }

  /** Binds a component together with the keys that all of its kind have. */
  public <T, A extends Record> Bound<WithArguments<T, A>> withArguments(
      Class<T> kind, Class<A> arguments, Node node, Place place) {
    return components.withArguments(kind, arguments, node, place);
  }

  ConfigSchema schema(Class<? extends Record> type) {
    return schemas.of(type);
  }

  /** Binds a value to a type: a scalar, shape, list, map, record, component. */
  Bound<?> value(Type type, Node node, Place place) {
    return node instanceof Node.Invalid
        ? Bound.failed(node, place)
        : TypeCases.of(type, new ValueBinder(node, place));
  }

  /** Binds one node to whatever type it is to have. */
  private final class ValueBinder implements TypeCases<Bound<?>> {
    private final Node node;
    private final Place place;

    ValueBinder(Node node, Place place) {
      this.node = node;
      this.place = place;
    }

    @Override
    public Bound<?> scalar(Class<?> type) {
      return Binder.this.scalar(type, node, place);
    }

    @Override
    public Bound<?> shape() {
      return Binder.this.shape(node, place);
    }

    @Override
    public Bound<?> list(Type element) {
      return Binder.this.list(element, node, place);
    }

    @Override
    public Bound<?> map(Type value) {
      return Binder.this.map(value, node, place);
    }

    @Override
    public Bound<?> record(Class<? extends Record> type) {
      return Binder.this.record(type, node, place);
    }

    @Override
    public Bound<?> component(Class<?> kind) {
      return components.bind(kind, node, place);
    }

    @Override
    public Bound<?> nested(Class<?> kind) {
      return components.nested(kind, node, place);
    }

    @Override
    public Bound<?> withArguments(Class<?> kind, Class<? extends Record> arguments) {
      return components.withArguments(kind, arguments, node, place);
    }

    @Override
    public Bound<?> item(
        Class<?> kind, Class<? extends Record> arguments, Class<? extends Record> beside) {
      return components.item(kind, arguments, beside, node, place);
    }

    @Override
    public Bound<?> oneOrMany(Type element) {
      return Binder.this.oneOrMany(element, node, place);
    }

    @Override
    public Bound<?> perOutput(Type element) {
      return perOutput.bind(element, node, place);
    }
  }

  private Bound<?> scalar(Class<?> type, Node node, Place place) {
    if (!(node instanceof Node.Scalar scalar)) {
      return fail(node, place, "found " + Words.found(node) + ", expected " + Words.expected(type));
    }
    try {
      Node.Scalar read = type == Path.class ? variables.replaced(scalar, place) : scalar;
      Object value = Scalars.parse(type, read, semantics);
      return Bound.of(value, Scalars.resolved(value, read), place);
    } catch (ScalarException e) {
      return fail(node, place, e.text());
    }
  }

  /**
   * Binds a list; a list of texts, of whole numbers, or of components inside another, may be a
   * single one.
   */
  Bound<?> list(Type element, Node node, Place place) {
    boolean word = element instanceof Class<?>;
    boolean single = word ? node instanceof Node.Scalar : !(node instanceof Node.Sequence);
    if (TypeCases.mayBeOne(element) && single && !node.isNull()) {
      return list(element, new Node.Sequence(node.location(), List.of(node)), place);
    }
    if (!(node instanceof Node.Sequence sequence)) {
      boolean wrap = node instanceof Node.Scalar scalar && !scalar.isNull();
      return fail(
          node,
          place,
          "found "
              + Words.found(node)
              + ", expected "
              + (element == Integer.class ? "a whole number or a list of them" : "a list")
              + (wrap ? ": write [" + Words.found(node) + "]" : ""));
    }
    List<Object> values = new ArrayList<>();
    List<Node> resolved = new ArrayList<>();
    Map<String, Bound<?>> parts = new LinkedHashMap<>();
    boolean valid = true;
    for (int i = 0; i < sequence.items().size(); i++) {
      Node item = sequence.items().get(i);
      Bound<?> bound = value(element, item, place.item(i, item.location()));
      parts.put(Integer.toString(i), bound);
      resolved.add(bound.resolved());
      Object value = bound.value();
      if (bound.valid() && value != null) {
        values.add(value);
      } else {
        valid = false;
      }
    }
    Node whole = new Node.Sequence(node.location(), resolved);
    return new Bound<>(valid ? List.copyOf(values) : null, valid, whole, place, parts);
  }

  private Bound<?> oneOrMany(Type element, Node node, Place place) {
    boolean many = node instanceof Node.Sequence;
    if (node instanceof Node.Sequence sequence && sequence.items().isEmpty()) {
      return fail(node, place, "found an empty list, expected at least one entry");
    }
    Bound<?> bound = many ? list(element, node, place) : value(element, node, place);
    Object value = bound.value();
    if (!bound.valid() || value == null) {
      return Bound.failed(node, place, bound.parts());
    }
    return new Bound<>(
        many ? new OneOrMany<>(false, (List<?>) value) : OneOrMany.of(value),
        true,
        bound.resolved(),
        place,
        bound.parts());
  }

  private Bound<?> map(Type element, Node node, Place place) {
    if (!(node instanceof Node.Mapping mapping)) {
      return fail(
          node, place, "found " + Words.found(node) + ", expected a map of keys and values");
    }
    Map<String, Object> values = new LinkedHashMap<>();
    List<Node.Entry> resolved = new ArrayList<>();
    Map<String, Bound<?>> parts = new LinkedHashMap<>();
    boolean valid = true;
    for (Node.Entry entry : mapping.entries()) {
      Bound<?> bound = value(element, entry.value(), placeOf(entry, place, entry.key()));
      parts.put(entry.key(), bound);
      resolved.add(new Node.Entry(entry.key(), entry.location(), bound.resolved()));
      Object value = bound.value();
      if (bound.valid() && value != null) {
        values.put(entry.key(), value);
      } else {
        valid = false;
      }
    }
    Node whole = new Node.Mapping(node.location(), resolved);
    return new Bound<>(
        valid ? java.util.Collections.unmodifiableMap(values) : null, valid, whole, place, parts);
  }

  private Bound<Shape> shape(Node node, Place place) {
    List<Node> items;
    if (node instanceof Node.Sequence sequence) {
      items = sequence.items();
    } else if (node instanceof Node.Scalar scalar
        && !scalar.isNull()
        && Numbers.isNumber(scalar.text())) {
      items = List.of(node);
    } else {
      boolean tuple = node instanceof Node.Scalar scalar && scalar.text().startsWith("(");
      return fail(
          node,
          place,
          "found "
              + Words.found(node)
              + ", expected a shape such as [28, 28]"
              + (tuple ? ", in square brackets" : ""));
    }
    List<Long> dimensions = new ArrayList<>();
    List<Node> resolved = new ArrayList<>();
    boolean valid = true;
    for (int i = 0; i < items.size(); i++) {
      Node item = items.get(i);
      Place at = place.item(i, item.location());
      if (item.isNull()) {
        dimensions.add(Shape.UNKNOWN);
        resolved.add(Node.plain(item.location(), "null"));
        continue;
      }
      Long dimension = dimension(item, at);
      if (dimension == null) {
        valid = false;
      } else {
        dimensions.add(dimension);
        resolved.add(Node.plain(item.location(), dimension.toString()));
      }
    }
    return valid
        ? Bound.of(new Shape(dimensions), new Node.Sequence(node.location(), resolved), place)
        : Bound.failed(node, place);
  }

  private @Nullable Long dimension(Node item, Place at) {
    String otherwise =
        ", expected a whole number greater than 0, or null where only the data tells";
    if (item instanceof Node.Scalar scalar) {
      try {
        long dimension = Numbers.whole(scalar, Long.MIN_VALUE, Long.MAX_VALUE);
        if (dimension > 0) {
          return dimension;
        }
      } catch (ScalarException e) {
        if (Numbers.isNumber(scalar.text())) {
          problems.error(at, e.text());
          return null;
        }
      }
    }
    if (!(item instanceof Node.Invalid)) {
      boolean none = item instanceof Node.Scalar scalar && scalar.text().equals("None");
      problems.error(at, "found " + Words.found(item) + otherwise + (none ? ": write null" : ""));
    }
    return null;
  }

  /** The keys of a record, each bound on its own. */
  record Fields(
      List<@Nullable Object> values,
      boolean valid,
      List<Node.Entry> resolved,
      Map<String, Bound<?>> parts) {}

  /**
   * Binds the entries of a map to the keys of a schema.
   *
   * @param alsoKnown keys that others read from the same map, for messages
   */
  Fields fields(ConfigSchema schema, Node.Mapping mapping, Place place, List<String> alsoKnown) {
    Map<String, Node.Entry> given = new HashMap<>();
    Set<String> misspelt = new HashSet<>();
    boolean valid = true;
    for (Node.Entry entry : mapping.entries()) {
      ConfigSchema.Key key = match(schema, entry, place, alsoKnown);
      if (key == null) {
        valid = false;
        misspelt.addAll(NearMiss.of(entry.key(), schema.names()));
      } else if (given.putIfAbsent(key.name(), entry) != null) {
        valid = false;
        problems.error(
            place.key(entry.key(), entry.location()),
            "'" + key.name() + "' is given twice, the other time by another name: keep one");
      }
    }
    List<ConfigSchema.Key> keys = schema.keys();
    List<@Nullable Object> values = new ArrayList<>();
    List<Node.Entry> resolved = new ArrayList<>();
    Map<String, Bound<?>> parts = new LinkedHashMap<>();
    for (ConfigSchema.Key key : keys) {
      Node.Entry entry = given.get(key.name());
      Bound<?> bound =
          entry == null
              ? absent(key, place, misspelt.contains(key.name()))
              : given(key, entry, place);
      valid &= bound.valid();
      values.add(bound.value());
      parts.put(key.name(), bound);
      if (key.isKnownIn(semantics)) {
        Location at = entry == null ? Location.NONE : entry.location();
        resolved.add(new Node.Entry(key.name(), at, bound.resolved()));
      }
    }
    return new Fields(values, valid, resolved, parts);
  }

  private ConfigSchema.@Nullable Key match(
      ConfigSchema schema, Node.Entry entry, Place place, List<String> alsoKnown) {
    if (entry.key().equals(Node.POSITIONAL)) {
      return schema.keys().get(0);
    }
    Place at = place.key(entry.key(), entry.location());
    for (ConfigSchema.Key key : schema.keys()) {
      if (key.name().equals(entry.key())) {
        if (key.isKnownIn(semantics)) {
          return key;
        }
        problems.error(at, "not known in semantics: " + semantics + "; " + cure(key));
        return null;
      }
      if (key.alias() != null && key.alias().value().equals(entry.key())) {
        if (List.of(key.alias().in()).contains(semantics)) {
          return key;
        }
        problems.error(at, "not known in semantics: " + semantics + "; use " + key.name());
        return null;
      }
    }
    Optional<String> cure = schema.cureFor(entry.key());
    if (cure.isPresent()) {
      problems.error(at, "unknown key; " + cure.get());
      return null;
    }
    List<String> known = new ArrayList<>(schema.names());
    known.addAll(alsoKnown);
    String near = NearMiss.suggestion(entry.key(), known);
    String all =
        known.isEmpty() ? "; it takes no keys" : "; known keys: " + String.join(", ", known);
    problems.error(at, "unknown key" + (near.isEmpty() ? all : near));
    return null;
  }

  private static String cure(ConfigSchema.Key key) {
    return key.knownIn() == null ? "" : key.knownIn().cure();
  }

  private Bound<?> given(ConfigSchema.Key key, Node.Entry entry, Place place) {
    Node node = entry.value();
    // A bare number, which stands for a component without naming it, stands where the component
    // stands.
    boolean bare = entry.key().equals(Node.POSITIONAL) && entry.location().equals(place.location());
    Place at = bare ? place : placeOf(entry, place, key.name());
    if (key.nullable() && node.isNull()) {
      return Bound.of(null, Node.plain(node.location(), "null"), at);
    }
    Bound<?> bound = value(key.type(), node, at);
    Object value = bound.value();
    if (bound.valid() && value != null) {
      var violation = schemas.constraints().violation(key, value, node);
      if (violation.isPresent()) {
        problems.error(at, violation.get());
        return Bound.failed(node, at, bound.parts());
      }
    }
    return bound;
  }

  /**
   * What a key that isn't there stands for; where it is there but misspelt, that has been told
   * already.
   */
  private Bound<?> absent(ConfigSchema.Key key, Place place, boolean misspelt) {
    Place at = place.absent(key.name());
    String text = key.defaultText(semantics);
    if (text != null) {
      Node node = FlowText.parse(text, place.location());
      boolean none = key.nullable() && node.isNull();
      return (none ? Bound.of(null, node, at) : value(key.type(), node, at)).notWritten();
    }
    Node missing = Node.plain(Location.NONE, "null");
    if (key.nullable()) {
      return Bound.of(null, missing, at);
    }
    if (!misspelt) {
      String meaning = key.description().isEmpty() ? "" : " (" + key.description() + ")";
      problems.error(
          place, "missing key '" + key.name() + "': " + Words.expected(key.type()) + meaning);
    }
    return Bound.failed(missing, at);
  }

  /** Where a value is shown: where it begins, or its key where it is empty. */
  static Place placeOf(Node.Entry entry, Place parent, String key) {
    boolean empty = entry.value() instanceof Node.Scalar scalar && scalar.text().isEmpty();
    return parent.key(key, empty ? entry.location() : entry.value().location());
  }

  /** The document of a record: lists of whole numbers are told as it holds them. */
  private static Node asHeld(ConfigSchema schema, Record record, Fields fields, Node node) {
    List<Node.Entry> entries = new ArrayList<>();
    for (Node.Entry entry : fields.resolved()) {
      Node value =
          schema
              .key(entry.key())
              .flatMap(key -> schema.wholeNumbers(key, record))
              .map(numbers -> list(numbers, entry.value().location()))
              .filter(held -> !held.saysTheSameAs(entry.value()))
              .orElse(entry.value());
      entries.add(new Node.Entry(entry.key(), entry.location(), value));
    }
    return new Node.Mapping(node.location(), entries);
  }

  private static Node list(List<?> numbers, Location at) {
    return new Node.Sequence(
        at, numbers.stream().<Node>map(n -> Node.plain(at, String.valueOf(n))).toList());
  }

  /** Makes the record of bound keys. */
  Bound<Record> instantiate(ConfigSchema schema, Fields fields, Node node, Place place) {
    Node resolved = new Node.Mapping(node.location(), fields.resolved());
    if (fields.valid()) {
      try {
        Record record = schema.instantiate(fields.values());
        return new Bound<>(
            record, true, asHeld(schema, record, fields, node), place, fields.parts());
      } catch (ConfigException e) {
        report(e, fields.parts(), place);
      } catch (IllegalArgumentException e) {
        problems.error(place, String.valueOf(e.getMessage()));
      }
    }
    return new Bound<>(null, false, resolved, place, fields.parts());
  }

  /** Reports a contradiction at the key it names. */
  void report(ConfigException contradiction, Map<String, Bound<?>> parts, Place place) {
    Bound<?> part = parts.get(contradiction.key());
    problems.error(part == null ? place : part.place(), String.valueOf(contradiction.getMessage()));
  }

  <T> Bound<T> fail(Node node, Place place, String message) {
    if (!(node instanceof Node.Invalid)) {
      problems.error(place, message);
    }
    return Bound.failed(node, place);
  }
}
