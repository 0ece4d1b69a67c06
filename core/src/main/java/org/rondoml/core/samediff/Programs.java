package org.rondoml.core.samediff;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;

/** The programs of one layer on one shard: one for each kind of step and shape of the inputs. */
final class Programs {
  private final List<Program> all = new ArrayList<>();
  private @Nullable Program last;

  /** The program for what comes in, compiled where there is none yet. */
  Program choose(
      SameDiffLayer layer,
      LayerContext context,
      List<INDArray> inputs,
      List<? extends @Nullable Mask> masks) {
    Program found = last;
    if (found == null || !found.fits(context, inputs, masks)) {
      found = all.stream().filter(p -> p.fits(context, inputs, masks)).findFirst().orElse(null);
      if (found == null) {
        found = Compiler.compile(layer, context, inputs, masks);
        all.add(found);
      }
      last = found;
    }
    return found;
  }

  /** The program of the last forward pass. */
  Program last() {
    Program chosen = last;
    if (chosen == null) {
      throw new IllegalStateException("backward before forward");
    }
    return chosen;
  }
}
