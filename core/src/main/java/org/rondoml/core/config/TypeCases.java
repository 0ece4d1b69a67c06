package org.rondoml.core.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Kind;
import org.rondoml.core.spi.Nested;
import org.rondoml.core.spi.OneOrMany;

/**
 * Every type that a component of a config record may have, one method each. Whatever must know them
 * all, binding, schema and reference, implements this, so that none of them can miss a type that is
 * added.
 *
 * @param <R> what is made of a type
 */
public interface TypeCases<R> {
  /** A single value; {@link ScalarForm#of} has a form for the type. */
  R scalar(Class<?> type);

  /** A {@link Shape}. */
  R shape();

  /** A list. */
  R list(Type element);

  /** A map whose keys are any words. */
  R map(Type value);

  /** A map whose keys are the components of a record. */
  R record(Class<? extends Record> type);

  /** A component without the keys that all of its kind have. */
  R component(Class<?> kind);

  /** A component inside another: {@link Nested}. */
  R nested(Class<?> kind);

  /** A component with the keys that all of its kind have: {@link WithArguments}. */
  R withArguments(Class<?> kind, Class<? extends Record> arguments);

  /** A component in a list whose items say more: {@link Item}. */
  R item(Class<?> kind, Class<? extends Record> arguments, Class<? extends Record> beside);

  /** A value or a list of them: {@link OneOrMany}. */
  R oneOrMany(Type element);

  /** A value for each of the model's outputs: {@link PerOutput}. */
  R perOutput(Type element);

  /** The cases for those to whom every form of a component is a component. */
  interface OfComponents<R> extends TypeCases<R> {
    @Override
    default R nested(Class<?> kind) {
      return component(kind);
    }

    @Override
    default R withArguments(Class<?> kind, Class<? extends Record> arguments) {
      return component(kind);
    }

    @Override
    default R item(
        Class<?> kind, Class<? extends Record> arguments, Class<? extends Record> beside) {
      return component(kind);
    }
  }

  /**
   * What is made of a type.
   *
   * @throws IllegalStateException where config records can't have such components
   */
  static <R> R of(Type type, TypeCases<R> cases) {
    if (type instanceof ParameterizedType generic) {
      return generic(generic, cases);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isAnnotationPresent(Kind.class)) {
      return cases.component(plain);
    }
    if (plain == Shape.class) {
      return cases.shape();
    }
    if (plain.isRecord()) {
      return cases.record(plain.asSubclass(Record.class));
    }
    if (ScalarForm.of(plain).isPresent()) {
      return cases.scalar(plain);
    }
    throw unknown(type);
  }

  private static <R> R generic(ParameterizedType type, TypeCases<R> cases) {
    Type[] arguments = type.getActualTypeArguments();
    Type raw = type.getRawType();
    if (raw == List.class) {
      return cases.list(arguments[0]);
    }
    if (raw == Map.class) {
      return cases.map(arguments[1]);
    }
    if (raw == PerOutput.class) {
      return cases.perOutput(arguments[0]);
    }
    if (raw == Nested.class) {
      return cases.nested((Class<?>) arguments[0]);
    }
    if (raw == WithArguments.class) {
      return cases.withArguments((Class<?>) arguments[0], record(arguments[1]));
    }
    if (raw == OneOrMany.class) {
      return cases.oneOrMany(arguments[0]);
    }
    if (raw == Item.class) {
      return cases.item((Class<?>) arguments[0], record(arguments[1]), record(arguments[2]));
    }
    throw unknown(type);
  }

  private static Class<? extends Record> record(Type type) {
    return ((Class<?>) type).asSubclass(Record.class);
  }

  private static IllegalStateException unknown(Type type) {
    return new IllegalStateException("a config record can't have a component of " + type);
  }

  /**
   * Whether a list of such elements may be a single one, without brackets: texts, whole numbers,
   * components inside another.
   */
  static boolean mayBeOne(Type element) {
    return element == String.class
        || element == Integer.class
        || (element instanceof ParameterizedType generic && generic.getRawType() == Nested.class);
  }
}
