package org.rondoml.standard.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.compute.AxisOrder;

/**
 * Keeps what a layer has made of its inputs from forward to backward, and for the next step as long
 * as the inputs lie in memory as they did. To be kept in a {@linkplain
 * org.rondoml.core.spi.LayerContext#plan plan}, of a class of the layer's own:
 *
 * <pre>{@code
 * private static final class KeptPass extends Kept<Pass> {}
 * }</pre>
 *
 * @param <P> what is kept
 */
public abstract class Kept<P> {
  private final List<INDArray> likes = new ArrayList<>();
  private @Nullable P kept;

  /** For subclasses. */
  protected Kept() {}

  /** What is kept for inputs of these shapes and orders of axes, made anew for others. */
  public final P of(List<INDArray> inputs, Supplier<P> maker) {
    P known = kept;
    if (known == null || !fits(inputs)) {
      known = maker.get();
      kept = known;
      likes.clear();
      likes.addAll(inputs);
    }
    return known;
  }

  /** What forward has left for backward. */
  public final P current() {
    P known = kept;
    if (known == null) {
      throw new IllegalStateException("backward before forward");
    }
    return known;
  }

  private boolean fits(List<INDArray> inputs) {
    if (inputs.size() != likes.size()) {
      return false;
    }
    for (int i = 0; i < inputs.size(); i++) {
      INDArray input = inputs.get(i);
      INDArray like = likes.get(i);
      if (!Arrays.equals(input.shape(), like.shape()) || !AxisOrder.isSame(input, like)) {
        return false;
      }
    }
    return true;
  }
}
