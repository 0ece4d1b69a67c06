package org.rondoml.core.config;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Alias;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Elsewhere;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.Unwrapped;

/**
 * What a config record says about the keys of a document: names, types, defaults, generations,
 * descriptions, constraints. Everything is read off the record, so there is no second list.
 */
public final class ConfigSchema {
  private final Class<? extends Record> type;
  private final Constructor<? extends Record> constructor;
  private final List<Key> keys;
  private final List<@Nullable ConfigSchema> unwrapped;

  private ConfigSchema(Class<? extends Record> type) {
    this.type = type;
    RecordComponent[] components = type.getRecordComponents();
    try {
      constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      List<Key> all = new ArrayList<>();
      List<@Nullable ConfigSchema> inner = new ArrayList<>();
      for (RecordComponent component : components) {
        if (component.isAnnotationPresent(Unwrapped.class)) {
          ConfigSchema schema = of(component.getType().asSubclass(Record.class));
          inner.add(schema);
          all.addAll(schema.keys.stream().map(key -> key.within(component)).toList());
        } else {
          inner.add(null);
          all.add(Key.of(type, component));
        }
      }
      keys = List.copyOf(all);
      unwrapped = inner;
    } catch (NoSuchMethodException | NoSuchFieldException e) {
      throw new IllegalStateException(type + " is no record", e);
    }
  }

  /** The schema of a record class. */
  public static ConfigSchema of(Class<? extends Record> type) {
    return new ConfigSchema(type);
  }

  /** The record class. */
  public Class<? extends Record> type() {
    return type;
  }

  /** The keys, in the order of the record's components; the first is the positional one. */
  public List<Key> keys() {
    return keys;
  }

  /** The names of the keys. */
  public List<String> names() {
    return keys.stream().map(Key::name).toList();
  }

  /** The key of a name; aliases don't count. */
  public Optional<Key> key(String name) {
    return keys.stream().filter(k -> k.name().equals(name)).findFirst();
  }

  /** What is to be told of a key that isn't here but {@linkplain Elsewhere elsewhere}. */
  Optional<String> cureFor(String key) {
    return Arrays.stream(type.getAnnotationsByType(Elsewhere.class))
        .filter(elsewhere -> List.of(elsewhere.keys()).contains(key))
        .map(Elsewhere::cure)
        .findFirst();
  }

  /** What the record means, from its {@link Description}; empty where it has none. */
  public String description() {
    Description description = type.getAnnotation(Description.class);
    return description == null ? "" : description.value();
  }

  /**
   * The record for values of its keys.
   *
   * @throws RuntimeException what the record's constructor throws
   */
  Record instantiate(List<@Nullable Object> values) {
    return instantiate(values.iterator());
  }

  private Record instantiate(Iterator<@Nullable Object> values) {
    List<@Nullable Object> components = new ArrayList<>();
    for (ConfigSchema inner : unwrapped) {
      components.add(inner == null ? values.next() : inner.instantiate(values));
    }
    try {
      return constructor.newInstance(components.toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("can't make " + type, e);
    }
  }

  /**
   * What a record holds in a key that has a list of whole numbers: not always what was given, as
   * {@code 3} may stand for one each axis. Empty for other keys, and for what isn't set.
   */
  Optional<List<?>> wholeNumbers(Key key, Record record) {
    if (key.owner() != type || !key.isWholeNumbers()) {
      return Optional.empty();
    }
    try {
      Method accessor = type.getDeclaredMethod(key.component());
      accessor.setAccessible(true);
      return Optional.ofNullable((List<?>) accessor.invoke(record));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("can't read " + key.component() + " of " + type, e);
    }
  }

  /**
   * The name of a record component in a document: {@code learningRate} is {@code learning_rate},
   * {@code beta1} is {@code beta_1} as in Keras; a single letter keeps its digit, {@code l2}, and
   * is a word of its own in {@code sparseYTrue}, {@code sparse_y_true}. An underscore at the end,
   * which tells a name from a keyword of Java, is left out.
   */
  static String keyName(String component) {
    return component
        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
        .replaceAll("(?<=[a-z]{2})([0-9]+)$", "_$1")
        .replaceAll("_$", "")
        .toLowerCase(Locale.ROOT);
  }

  /**
   * One key.
   *
   * @param owner the record that it is a component of
   * @param name its name, {@code learning_rate}
   * @param component the name of the record component, {@code learningRate}
   * @param type the type of its values
   * @param nullable whether null is a value
   * @param defaults its default by semantics, or null
   * @param tf1Default its default in tf1 where the record that it is unwrapped in says so, or null
   * @param alias its older name, or null
   * @param knownIn the generations that know it, or null for all
   * @param description what it means; may be empty
   * @param constraints its Jakarta Validation constraints
   * @param elementConstraints those of its elements, where it is a list
   */
  public record Key(
      Class<? extends Record> owner,
      String name,
      String component,
      Type type,
      boolean nullable,
      @Nullable Default defaults,
      @Nullable String tf1Default,
      @Nullable Alias alias,
      @Nullable KnownIn knownIn,
      String description,
      List<Annotation> constraints,
      List<Annotation> elementConstraints) {

    private static Key of(Class<? extends Record> type, RecordComponent component)
        throws NoSuchFieldException {
      AnnotatedType annotated = component.getAnnotatedType();
      // Constraints are looked for where they are certain to be kept: on the field behind the
      // component.
      List<Annotation> constraints =
          constraints(type.getDeclaredField(component.getName()).getAnnotations());
      Description description = component.getAnnotation(Description.class);
      return new Key(
          type,
          keyName(component.getName()),
          component.getName(),
          component.getGenericType(),
          annotated.isAnnotationPresent(Nullable.class),
          component.getAnnotation(Default.class),
          null,
          component.getAnnotation(Alias.class),
          component.getAnnotation(KnownIn.class),
          description == null ? "" : description.value(),
          constraints,
          elementConstraints(annotated));
    }

    private static List<Annotation> constraints(Annotation[] annotations) {
      return Arrays.stream(annotations)
          .filter(a -> a.annotationType().isAnnotationPresent(jakarta.validation.Constraint.class))
          .toList();
    }

    private static List<Annotation> elementConstraints(AnnotatedType annotated) {
      return annotated instanceof AnnotatedParameterizedType generic
          ? Arrays.stream(generic.getAnnotatedActualTypeArguments())
              .flatMap(a -> constraints(a.getAnnotations()).stream())
              .toList()
          : List.of();
    }

    /** Whether any constraint is on it or on its elements. */
    public boolean constrained() {
      return !constraints.isEmpty() || !elementConstraints.isEmpty();
    }

    /**
     * What its constraints limit it to, {@code at least 0 and less than 1}; empty where they don't,
     * or only its description tells.
     */
    public Optional<String> range() {
      Optional<String> own = ConstraintWords.range(constraints);
      Optional<String> elements = ConstraintWords.range(elementConstraints).map(r -> "each " + r);
      return own.isPresent() && elements.isPresent()
          ? Optional.of(own.get() + ", " + elements.get())
          : own.or(() -> elements);
    }

    /** This key in a record that its own is unwrapped in. */
    private Key within(RecordComponent component) {
      for (String tf1 : component.getAnnotation(Unwrapped.class).tf1()) {
        int colon = tf1.indexOf(':');
        if (tf1.substring(0, colon).equals(name)) {
          return new Key(
              owner,
              name,
              this.component,
              type,
              nullable,
              defaults,
              tf1.substring(colon + 1).trim(),
              alias,
              knownIn,
              description,
              constraints,
              elementConstraints);
        }
      }
      return this;
    }

    /** Whether its values are lists of whole numbers. */
    boolean isWholeNumbers() {
      return type instanceof ParameterizedType generic
          && generic.getRawType() == List.class
          && generic.getActualTypeArguments()[0] == Integer.class;
    }

    /** Whether a document must give it. */
    public boolean required() {
      return defaults == null && !nullable;
    }

    /** The text of its default in a generation, or null where that is null or it is required. */
    public @Nullable String defaultText(Semantics semantics) {
      if (defaults == null) {
        return null;
      }
      String own =
          switch (semantics) {
            case TF1 -> tf1Default != null ? tf1Default : defaults.tf1();
            case TF2 -> defaults.tf2();
            case KERAS3 -> "";
          };
      return own.isEmpty() ? defaults.value() : own;
    }

    /** Whether a generation knows it. */
    public boolean isKnownIn(Semantics semantics) {
      return knownIn == null || List.of(knownIn.value()).contains(semantics);
    }
  }
}
