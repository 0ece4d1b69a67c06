package org.rondoml.dsl.schema;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import org.rondoml.core.registry.SnakeCase;
import org.rondoml.core.spi.Kind;
import org.rondoml.core.spi.LayerArguments;
import org.rondoml.core.spi.Nested;

/**
 * How components of a kind stand somewhere.
 *
 * @param kind the kind
 * @param arguments the record of the keys that stand among a component's own
 * @param beside the record of the keys that stand beside a component
 */
record KindUse(Class<?> kind, Class<? extends Record> arguments, Class<? extends Record> beside) {
  /** A component that is the value of a key and may be written as a map by its name. */
  static Optional<KindUse> ofMap(Type type) {
    boolean nested =
        type instanceof ParameterizedType generic && generic.getRawType() == Nested.class;
    Type kind = nested ? ((ParameterizedType) type).getActualTypeArguments()[0] : type;
    return kind instanceof Class<?> plain && plain.isAnnotationPresent(Kind.class)
        ? Optional.of(
            new KindUse(
                plain,
                nested ? LayerArguments.class : Kind.NoArguments.class,
                Kind.NoArguments.class))
        : Optional.empty();
  }

  /** What the definitions of the components' keys begin with: {@code layer}. */
  String prefix() {
    Kind annotation = kind.getAnnotation(Kind.class);
    return annotation.value()
        + (arguments == annotation.arguments()
            ? ""
            : "_with_" + SnakeCase.of(arguments.getSimpleName()));
  }

  /** What the definitions of the whole components begin with: {@code layer}, {@code layer_item}. */
  String itemPrefix() {
    return prefix() + (hasBeside() ? "_item" : "");
  }

  /** Whether keys may stand beside it. */
  boolean hasBeside() {
    return beside != Kind.NoArguments.class;
  }

  /** The same without keys beside it. */
  KindUse alone() {
    return new KindUse(kind, arguments, Kind.NoArguments.class);
  }
}
