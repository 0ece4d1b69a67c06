package org.rondoml.core.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.rondoml.api.Semantics;

/** An older name of a key, such as {@code lr} for {@code learning_rate}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface Alias {
  /** The older name. */
  String value();

  /** The generations that accept it; elsewhere it is an error that names the key to use. */
  Semantics[] in();
}
