package org.rondoml.standard.losses;

import java.util.List;
import org.rondoml.core.spi.LeftOut;
import org.rondoml.core.spi.Loss;

/** Keras' losses that Rondo's engine can't compute. */
public final class LeftOutLosses implements LeftOut {
  private static final String PAIRS =
      "it compares each sample of a batch with all the others, which losses here don't see: sparse_categorical_crossentropy after a Dense with a unit for each class trains the layers before it as well";

  @Override
  public List<Name> names() {
    return List.of(new Name(Loss.class, "Circle", PAIRS), new Name(Loss.class, "circle", PAIRS));
  }
}
