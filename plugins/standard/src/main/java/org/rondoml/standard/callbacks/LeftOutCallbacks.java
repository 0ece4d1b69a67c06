package org.rondoml.standard.callbacks;

import java.util.List;
import org.rondoml.core.spi.Callback;
import org.rondoml.core.spi.LeftOut;

/** Keras' callbacks whose work is done without them. */
public final class LeftOutCallbacks implements LeftOut {
  @Override
  public List<Name> names() {
    return List.of(
        new Name(
            Callback.class,
            "ProgbarLogger",
            "progress is always shown, as rondo train --progress says: leave it out"),
        new Name(
            Callback.class,
            "History",
            "history.json in the run's folder is always written: leave it out"));
  }
}
