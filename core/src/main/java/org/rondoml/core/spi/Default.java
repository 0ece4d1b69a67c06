package org.rondoml.core.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a key that a model file leaves out, written as YAML: {@code tanh}, {@code 0.001},
 * {@code true}, {@code {GlorotUniform: {}}}. A key without this annotation is required, unless it
 * is {@code @Nullable}: then its default is null.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface Default {
  /** The default in every semantics that has none of its own below. */
  String value();

  /** The default in {@code semantics: tf1}, where it differs. */
  String tf1() default "";

  /** The default in {@code semantics: tf2}, where it differs. */
  String tf2() default "";
}
