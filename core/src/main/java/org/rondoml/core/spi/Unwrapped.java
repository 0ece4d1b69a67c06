package org.rondoml.core.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A component of a config record that is a config record itself, whose keys stand among those of
 * the outer one: {@code LSTM} has the keys of {@code LSTMCell} and those of all recurrent layers,
 * and lists neither.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface Unwrapped {
  /**
   * The defaults of some of the keys in {@code semantics: tf1}, where the inner record's are
   * others: {@code "recurrent_activation: hard_sigmoid"}.
   */
  String[] tf1() default {};
}
