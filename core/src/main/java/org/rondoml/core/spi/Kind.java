package org.rondoml.core.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an interface as a kind of component, which a model file can name where a record has that
 * type.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Kind {
  /** The kind's name in messages: {@code layer}, {@code optimizer}. */
  String value();

  /**
   * The id of the component that a bare number means, such as a constant learning rate; empty for
   * none.
   */
  String number() default "";

  /**
   * The id of the component that {@code null} means, such as the linear activation; empty for none.
   */
  String none() default "";

  /**
   * Whether a component that is written as a name alone logs under the name as it is written,
   * {@code mae} and not {@code mean_absolute_error}. Its config has the key {@code name}. In tf1
   * and tf2 the class name alone, {@code MeanAbsoluteError}, makes an exception.
   */
  boolean keepsName() default false;

  /** Whether model files name such components; else they are found and used by commands. */
  boolean inModelFiles() default true;

  /** The record of the keys that every component of the kind has among its own. */
  Class<? extends Record> arguments() default NoArguments.class;

  /** That a kind has no keys which every component has. */
  record NoArguments() {}
}
