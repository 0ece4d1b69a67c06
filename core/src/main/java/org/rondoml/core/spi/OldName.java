package org.rondoml.core.spi;

import java.util.List;
import org.rondoml.api.Semantics;

/**
 * A name of a component that only some generations of Keras know, such as {@code logcosh};
 * elsewhere it is an error that tells the name to use.
 *
 * @param name the name
 * @param in the generations that know it
 */
public record OldName(String name, List<Semantics> in) {
  /** Copies the list. */
  public OldName {
    in = List.copyOf(in);
  }

  /** A name that Keras 3 no longer knows. */
  public static OldName beforeKeras3(String name) {
    return new OldName(name, List.of(Semantics.TF1, Semantics.TF2));
  }
}
