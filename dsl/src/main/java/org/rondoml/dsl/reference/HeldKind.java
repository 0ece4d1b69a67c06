package org.rondoml.dsl.reference;

import java.lang.reflect.Type;
import java.util.Optional;
import org.rondoml.core.config.TypeCases;

/**
 * The kind of component that the value of a key is.
 *
 * @param kind the kind
 * @param list whether a list of them is written
 */
record HeldKind(Class<?> kind, boolean list) {
  /** The kind that values of a type are; empty where they are no components. */
  static Optional<HeldKind> of(Type type) {
    return TypeCases.of(type, new Cases());
  }

  private static final class Cases implements TypeCases.OfComponents<Optional<HeldKind>> {
    @Override
    public Optional<HeldKind> component(Class<?> kind) {
      return Optional.of(new HeldKind(kind, false));
    }

    @Override
    public Optional<HeldKind> list(Type element) {
      boolean list = !TypeCases.mayBeOne(element);
      return of(element).map(held -> new HeldKind(held.kind(), list));
    }

    @Override
    public Optional<HeldKind> oneOrMany(Type element) {
      return of(element);
    }

    @Override
    public Optional<HeldKind> perOutput(Type element) {
      return of(element);
    }

    @Override
    public Optional<HeldKind> map(Type value) {
      return Optional.empty();
    }

    @Override
    public Optional<HeldKind> record(Class<? extends Record> type) {
      return Optional.empty();
    }

    @Override
    public Optional<HeldKind> scalar(Class<?> type) {
      return Optional.empty();
    }

    @Override
    public Optional<HeldKind> shape() {
      return Optional.empty();
    }
  }
}
