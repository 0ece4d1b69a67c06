package org.rondoml.dsl.command;

import java.io.PrintWriter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.config.ConfigSchema;
import org.rondoml.core.registry.Component;
import org.rondoml.core.spi.Kind;
import org.rondoml.core.spi.OneOrMany;

/**
 * What there is to know of a component, read from its config record.
 *
 * @param id its id
 * @param kind its kind
 * @param names what else it goes by
 * @param jar the jar it comes from
 * @param description what it is
 * @param keys its keys, the positional one first
 */
record ComponentReference(
    String id, String kind, List<String> names, String jar, String description, List<Key> keys) {
  ComponentReference {
    names = List.copyOf(names);
    keys = List.copyOf(keys);
  }

  /**
   * A key.
   *
   * @param name its name
   * @param type what its values are
   * @param required whether a model file must give it
   * @param defaults its default, in each semantics where they differ; null where it is required
   * @param description what it means, which generations know it, and its older name
   */
  record Key(
      String name, String type, boolean required, @Nullable String defaults, String description) {
    private static Key of(ConfigSchema.Key key) {
      return new Key(
          key.name(), typeName(key.type()), key.required(), defaults(key), description(key));
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

    private static String description(ConfigSchema.Key key) {
      StringBuilder text = new StringBuilder(key.description());
      List<Semantics> known = Arrays.stream(Semantics.values()).filter(key::isKnownIn).toList();
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

  static ComponentReference of(Component<?> component, String kind, ConfigSchema schema) {
    Set<String> names = new LinkedHashSet<>(List.of(component.snakeCase()));
    names.addAll(component.aliases());
    names.remove(component.id());
    return new ComponentReference(
        component.id(),
        kind,
        List.copyOf(names),
        component.origin().toString(),
        schema.description(),
        schema.keys().stream().map(Key::of).toList());
  }

  /** Prints it for people. */
  void print(PrintWriter out) {
    out.println(id + ", " + kind + (names.isEmpty() ? "" : ", also " + String.join(", ", names)));
    if (!description.isEmpty()) {
      out.println(description);
    }
    out.println("from " + jar);
    if (keys.isEmpty()) {
      return;
    }
    out.println();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Key", "Type", "Default", "Meaning"));
    for (Key key : keys) {
      String defaults = key.defaults();
      rows.add(
          List.of(
              key.name(), key.type(), defaults == null ? "required" : defaults, key.description()));
    }
    new TextTable(rows, 0).print(out);
  }

  /**
   * What values of a type are called: {@code number}, {@code whole number}, {@code layer}, {@code
   * list of number}.
   */
  private static String typeName(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      if (generic.getRawType() == OneOrMany.class) {
        return typeName(arguments[0]) + " or list";
      }
      return "list of " + typeName(arguments[arguments.length - 1]);
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
      case "String", "Path" -> "text";
      default -> plain.getSimpleName().toLowerCase(Locale.ROOT);
    };
  }
}
