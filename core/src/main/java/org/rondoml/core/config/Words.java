package org.rondoml.core.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Kind;
import org.rondoml.core.spi.Nested;
import org.rondoml.core.spi.OneOrMany;

/** How messages call things. */
final class Words {
  private static final int LONGEST = 40;

  private Words() {}

  /** What stands in the document: {@code -1}, {@code the text "3"}, {@code a list}. */
  static String found(Node node) {
    if (node instanceof Node.Mapping) {
      return "a map";
    }
    if (node instanceof Node.Sequence) {
      return "a list";
    }
    if (node instanceof Node.Scalar scalar) {
      if (scalar.isNull()) {
        return scalar.text().isEmpty() ? "nothing" : scalar.text();
      }
      String line = scalar.text().replace("\n", "\\n").replace("\r", "\\r");
      String text = line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
      return scalar.quoted() ? "the text \"" + text + "\"" : text;
    }
    return "something unreadable";
  }

  /**
   * What a key takes: {@code a whole number}, {@code a layer}, {@code a layer or a list of them}.
   */
  static String expected(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type first = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == List.class) {
        return isNested(first) || first == Integer.class
            ? expected(first) + " or a list of them"
            : "a list";
      }
      if (generic.getRawType() == PerOutput.class
          || generic.getRawType() == WithArguments.class
          || isNested(generic)) {
        return expected(first);
      }
      if (generic.getRawType() == OneOrMany.class) {
        return expected(first) + (isNested(first) ? " or a list of them" : " or a list");
      }
      return expected((Class<?>) generic.getRawType());
    }
    return expected((Class<?>) type);
  }

  private static boolean isNested(Type type) {
    return type instanceof ParameterizedType generic && generic.getRawType() == Nested.class;
  }

  private static String expected(Class<?> type) {
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "a whole number";
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == Shape.class) {
      return "a shape such as [28, 28]";
    }
    if (type == Path.class) {
      return "a file name";
    }
    Kind kind = type.getAnnotation(Kind.class);
    if (kind != null) {
      return of(kind);
    }
    if (type.isEnum()) {
      return "one of " + String.join(", ", Scalars.enumNames(type));
    }
    if (type.isRecord() || type == Map.class) {
      return "a map of keys and values";
    }
    return "a text";
  }

  /** What a component may be written as: {@code a layer}, {@code a number or a schedule}. */
  static String of(Kind kind) {
    return (kind.number().isEmpty() ? "" : "a number or ") + article(kind.value());
  }

  /** A noun with its article: {@code an optimizer}. */
  static String article(String noun) {
    return ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
  }
}
