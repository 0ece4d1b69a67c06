package org.rondoml.core.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How a component is written in a model file, on its config record: {@code LSTM: {units: 64}}. The
 * reference shows it where it stands, {@code optimizer: {Adam: {learning_rate: 1e-3}}}, and a test
 * reads it in a whole model file. Where there is none, the name with the required keys is the
 * example.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Example {
  /**
   * The component, on one line. Of a layer that only makes sense below others, the whole list of
   * {@code layers} instead, which begins with {@code "- "}.
   */
  String value();
}
