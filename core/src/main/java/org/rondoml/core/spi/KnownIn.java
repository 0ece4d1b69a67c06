package org.rondoml.core.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.rondoml.api.Semantics;

/**
 * Limits a key, a value of a key (on the constant of an enum) or a component (on its config record)
 * to the generations of Keras that know it; elsewhere it is an error with a cure.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.TYPE})
public @interface KnownIn {
  /** The generations that know it. */
  Semantics[] value();

  /** What to write elsewhere: {@code use learning_rate: {InverseTimeDecay: {...}}}. */
  String cure();
}
