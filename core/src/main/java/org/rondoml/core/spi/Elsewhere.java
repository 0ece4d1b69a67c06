package org.rondoml.core.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a config record: a key that those who know Keras look for here, and that isn't here. Their
 * mistake is told with the cure, {@code fit.verbose: unknown key; rondo train --progress ...}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Elsewhere.All.class)
public @interface Elsewhere {
  /** The keys. */
  String[] keys();

  /** Where what they mean is written, or why there is no such thing. */
  String cure();

  /** Several of them. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface All {
    /** The single ones. */
    Elsewhere[] value();
  }
}
