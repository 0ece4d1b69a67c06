package org.rondoml.core.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.KnownIn;

/** Scalars as values of Java types. */
final class Scalars {
  private static final Set<String> TRUE = Set.of("yes", "on", "y", "true", "t");
  private static final Set<String> FALSE = Set.of("no", "off", "n", "false", "f");

  private Scalars() {}

  /** A value of a type, as far as a generation knows it. */
  static Object parse(Class<?> type, Node.Scalar scalar, Semantics semantics)
      throws ScalarException {
    if (scalar.isNull()) {
      throw new ScalarException(
          "found " + Words.found(scalar) + ", expected " + Words.expected(type));
    }
    return switch (ScalarForm.of(type).orElseThrow()) {
      case WHOLE -> (int) Numbers.whole(scalar, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LARGE -> Numbers.whole(scalar, Long.MIN_VALUE, Long.MAX_VALUE);
      case NUMBER -> Numbers.number(scalar);
      case TRUTH -> truth(scalar);
      case WORD -> constant(type, scalar, semantics);
      case FILE_NAME -> path(scalar);
      case TEXT -> scalar.text();
    };
  }

  /** The text that reads back as a value, which {@link #parse} gave for a scalar. */
  static Node.Scalar resolved(Object value, Node.Scalar scalar) {
    if (value instanceof Double number) {
      return Node.plain(scalar.location(), Numbers.text(number));
    }
    if (value instanceof String || value instanceof Path) {
      // Quotes are kept away from plain words, and put where the text could be read as anything
      // else.
      String text = value.toString();
      return new Node.Scalar(scalar.location(), text, !isWord(text));
    }
    if (value instanceof Enum<?> constant) {
      return Node.plain(scalar.location(), enumName(constant));
    }
    return Node.plain(scalar.location(), value.toString());
  }

  /** Whether a text can only be read as text when it stands without quotes. */
  private static boolean isWord(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return !text.isEmpty()
        && text.chars()
            .allMatch(
                c -> c == '_' || c == '-' || c == '/' || c == '.' || Character.isLetterOrDigit(c))
        && Character.isLetter(text.charAt(0))
        && !TRUE.contains(lower)
        && !FALSE.contains(lower)
        && !"null".equals(lower)
        && !"nan".equals(lower)
        && !"inf".equals(lower);
  }

  private static Boolean truth(Node.Scalar scalar) throws ScalarException {
    String text = scalar.text();
    if (!scalar.quoted()) {
      if ("true".equals(text)) {
        return true;
      }
      if ("false".equals(text)) {
        return false;
      }
    }
    String lower = text.toLowerCase(Locale.ROOT);
    String cure =
        TRUE.contains(lower) ? ": write true" : FALSE.contains(lower) ? ": write false" : "";
    throw new ScalarException("found " + Words.found(scalar) + ", expected true or false" + cure);
  }

  private static Path path(Node.Scalar scalar) throws ScalarException {
    try {
      if (!scalar.text().isBlank()) {
        return Path.of(scalar.text());
      }
    } catch (InvalidPathException e) {
      throw new ScalarException(
          "found " + Words.found(scalar) + ", which is no file name: " + e.getReason());
    }
    throw new ScalarException("found " + Words.found(scalar) + ", expected a file name");
  }

  private static Object constant(Class<?> type, Node.Scalar scalar, Semantics semantics)
      throws ScalarException {
    List<String> names = new ArrayList<>();
    for (Object each : type.getEnumConstants()) {
      Enum<?> constant = (Enum<?>) each;
      KnownIn known = knownIn(constant);
      boolean meant = enumName(constant).equals(scalar.text());
      if (known == null || List.of(known.value()).contains(semantics)) {
        names.add(enumName(constant));
        if (meant) {
          return constant;
        }
      } else if (meant) {
        throw new ScalarException(
            "'"
                + scalar.text()
                + "' is not known in semantics: "
                + semantics
                + "; "
                + known.cure());
      }
    }
    throw new ScalarException(
        "found "
            + Words.found(scalar)
            + ", expected one of "
            + String.join(", ", names)
            + NearMiss.suggestion(scalar.text(), names));
  }

  private static @Nullable KnownIn knownIn(Enum<?> constant) {
    try {
      return constant
          .getDeclaringClass()
          .getDeclaredField(constant.name())
          .getAnnotation(KnownIn.class);
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The names of an enum's constants in a document. */
  static List<String> enumNames(Class<?> type) {
    return Arrays.stream(type.getEnumConstants()).map(c -> enumName((Enum<?>) c)).toList();
  }

  /** The name of a constant in a document. */
  static String enumName(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
