package org.rondoml.dsl.reference;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.config.ConfigSchema;
import org.rondoml.core.config.PerOutput;
import org.rondoml.core.config.Schemas;
import org.rondoml.core.config.WithArguments;
import org.rondoml.core.registry.Component;
import org.rondoml.core.spi.Kind;
import org.rondoml.core.spi.Nested;
import org.rondoml.core.spi.OneOrMany;

/**
 * What there is to know of a component: its config record, and what its jar tells besides.
 *
 * @param id its id
 * @param kind its kind
 * @param names what else it goes by
 * @param jar the jar it comes from
 * @param description what it is
 * @param keys its keys, the positional one first
 * @param commonKeys the keys that all of its kind have besides
 * @param reference its update rule, shapes and sources, as Markdown; null where its jar has none
 */
public record ComponentReference(
    String id,
    String kind,
    List<String> names,
    String jar,
    String description,
    List<Key> keys,
    List<Key> commonKeys,
    @Nullable String reference) {
  /** Copies the lists. */
  public ComponentReference {
    names = List.copyOf(names);
    keys = List.copyOf(keys);
    commonKeys = List.copyOf(commonKeys);
  }

  /**
   * A key.
   *
   * @param name its name
   * @param type what its values are
   * @param nullable whether null is a value
   * @param required whether a model file must give it
   * @param defaults its default, in each semantics where they differ; null where it is required
   * @param defaultsBySemantics its default in each semantics that knows it; empty where it is
   *     required
   * @param range what its values are limited to; null where they aren't, or the description tells
   * @param description what it means, which generations know it, and its older name
   * @param alias its older name; null for none
   */
  public record Key(
      String name,
      String type,
      boolean nullable,
      boolean required,
      @Nullable String defaults,
      Map<String, String> defaultsBySemantics,
      @Nullable String range,
      String description,
      @Nullable String alias) {
    /** Copies the map. */
    public Key {
      defaultsBySemantics = Collections.unmodifiableMap(new LinkedHashMap<>(defaultsBySemantics));
    }

    /**
     * A key of a schema.
     *
     * @param known the generations in which the component knows it
     */
    private static Key of(ConfigSchema.Key key, List<Semantics> known) {
      return new Key(
          key.name(),
          typeName(key.type()),
          key.nullable(),
          key.required(),
          defaults(key),
          defaultsBySemantics(key, known),
          key.range().orElse(null),
          description(key, known),
          key.alias() == null ? null : key.alias().value());
    }

    private static Map<String, String> defaultsBySemantics(
        ConfigSchema.Key key, List<Semantics> known) {
      Map<String, String> defaults = new LinkedHashMap<>();
      for (Semantics semantics : known) {
        if (!key.required()) {
          defaults.put(semantics.toString(), text(key, semantics));
        }
      }
      return defaults;
    }

    private static @Nullable String defaults(ConfigSchema.Key key) {
      if (key.required()) {
        return null;
      }
      String newest = text(key, Semantics.KERAS3);
      StringBuilder differing = new StringBuilder();
      for (Semantics semantics : List.of(Semantics.TF1, Semantics.TF2)) {
        String own = text(key, semantics);
        if (!own.equals(newest)) {
          differing
              .append(differing.isEmpty() ? "" : ", ")
              .append(semantics)
              .append(": ")
              .append(own);
        }
      }
      return differing.isEmpty() ? newest : newest + " (" + differing + ")";
    }

    private static String text(ConfigSchema.Key key, Semantics semantics) {
      String text = key.defaultText(semantics);
      return text == null ? "null" : text;
    }

    private static String description(ConfigSchema.Key key, List<Semantics> known) {
      StringBuilder text = new StringBuilder(key.description());
      if (known.size() < Semantics.values().length) {
        text.append(" (only in ").append(join(known)).append(')');
      }
      if (key.alias() != null) {
        text.append(" (").append(key.alias().value()).append(" in ");
        text.append(join(List.of(key.alias().in()))).append(')');
      }
      return text.toString();
    }

    private static String join(List<Semantics> semantics) {
      return semantics.stream().map(Semantics::toString).collect(Collectors.joining(", "));
    }
  }

  /** What there is to know of an installed component. */
  public static ComponentReference of(Component<?> component, Schemas schemas) {
    Set<String> names = new LinkedHashSet<>(List.of(component.snakeCase()));
    names.addAll(component.aliases());
    names.remove(component.id());
    ConfigSchema schema = schemas.of(component.provider().configType());
    return new ComponentReference(
        component.id(),
        component.kindName(),
        List.copyOf(names),
        component.origin().toString(),
        schema.description(),
        keys(schema),
        commonKeys(component, schema, schemas),
        component.reference().orElse(null));
  }

  private static List<Key> keys(ConfigSchema schema) {
    return schema.keys().stream().map(key -> Key.of(key, generations(key))).toList();
  }

  private static List<Semantics> generations(ConfigSchema.Key key) {
    return Arrays.stream(Semantics.values()).filter(key::isKnownIn).toList();
  }

  /** The keys that all of the component's kind have, but for those that it doesn't know. */
  private static List<Key> commonKeys(Component<?> component, ConfigSchema own, Schemas schemas) {
    Kind kind = component.kind().getAnnotation(Kind.class);
    List<Key> keys = new ArrayList<>();
    for (ConfigSchema.Key key :
        schemas.of(kind == null ? Kind.NoArguments.class : kind.arguments()).keys()) {
      List<Semantics> known =
          generations(key).stream()
              .filter(s -> component.provider().unknown(key.name(), s) == null)
              .toList();
      if (own.key(key.name()).isEmpty() && !known.isEmpty()) {
        keys.add(Key.of(key, known));
      }
    }
    return keys;
  }

  /**
   * What values of a type are called: {@code number}, {@code whole number}, {@code layer}, {@code
   * list of numbers}, {@code layer or list of layers}.
   */
  private static String typeName(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type raw = generic.getRawType();
      Type[] arguments = generic.getActualTypeArguments();
      String element = typeName(arguments[arguments.length - 1]);
      if (raw == Nested.class || raw == WithArguments.class) {
        return typeName(arguments[0]);
      }
      if (raw == PerOutput.class) {
        return element + ", or one an output";
      }
      if (raw == Map.class) {
        return "map of " + plural(element);
      }
      if (raw == OneOrMany.class) {
        return element + " or list of " + plural(element);
      }
      // As the binder has it: where one is meant, the list's brackets may be left out.
      boolean mayBeOne =
          arguments[0] == String.class
              || arguments[0] == Integer.class
              || arguments[0] instanceof ParameterizedType;
      return (mayBeOne ? element + " or " : "") + "list of " + plural(element);
    }
    Class<?> plain = (Class<?>) type;
    Kind kind = plain.getAnnotation(Kind.class);
    if (kind != null) {
      return kind.value();
    }
    if (plain.isEnum()) {
      return Arrays.stream(plain.getEnumConstants())
          .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
          .collect(Collectors.joining("|"));
    }
    if (plain == Shape.class) {
      return "shape";
    }
    return switch (plain.getSimpleName()) {
      case "int", "Integer", "long", "Long" -> "whole number";
      case "double", "Double", "float", "Float" -> "number";
      case "boolean", "Boolean" -> "true|false";
      case "String" -> "text";
      case "Path" -> "file name";
      default -> plain.getSimpleName().toLowerCase(Locale.ROOT);
    };
  }

  private static String plural(String noun) {
    return noun.contains("|") || noun.contains(" list of ") ? noun : noun + "s";
  }
}
