package org.rondoml.dsl.reference;

import java.lang.reflect.Type;
import org.rondoml.core.config.ConfigSchema;
import org.rondoml.core.config.ScalarForm;
import org.rondoml.core.config.TypeCases;
import org.rondoml.core.spi.Kind;

/**
 * What values of a type are called: {@code number}, {@code whole number}, {@code layer}, {@code
 * list of numbers}, {@code layer or list of layers}.
 */
final class TypeNames implements TypeCases.OfComponents<String> {
  private static final TypeNames CASES = new TypeNames();

  private TypeNames() {}

  static String of(Type type) {
    return TypeCases.of(type, CASES);
  }

  @Override
  public String scalar(Class<?> type) {
    return switch (ScalarForm.of(type).orElseThrow()) {
      case WHOLE, LARGE -> "whole number";
      case NUMBER -> "number";
      case TRUTH -> "true|false";
      case WORD -> String.join("|", ScalarForm.words(type));
      case FILE_NAME -> "file name";
      case TEXT -> "text";
    };
  }

  @Override
  public String shape() {
    return "shape";
  }

  @Override
  public String list(Type element) {
    String one = TypeCases.mayBeOne(element) ? of(element) + " or " : "";
    return one + "list of " + plural(element);
  }

  @Override
  public String map(Type value) {
    return "map of " + plural(value);
  }

  @Override
  public String record(Class<? extends Record> type) {
    return "map of " + String.join(", ", ConfigSchema.of(type).names());
  }

  @Override
  public String component(Class<?> kind) {
    return kind.getAnnotation(Kind.class).value();
  }

  @Override
  public String oneOrMany(Type element) {
    return of(element) + " or list of " + plural(element);
  }

  @Override
  public String perOutput(Type element) {
    return of(element) + ", or one an output";
  }

  private static String plural(Type element) {
    String noun = of(element);
    return noun.contains("|") || noun.contains(" list of ") ? noun : noun + "s";
  }
}
