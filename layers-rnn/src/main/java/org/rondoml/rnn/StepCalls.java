package org.rondoml.rnn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;

/**
 * A layer called once for every step of a sequence, in their order, each time with the samples of
 * that step:
 *
 * <pre>
 * y_t  = layer(x_t)
 * dx_t = layer'(dy_t)
 * </pre>
 *
 * <p>Source: {@code TimeDistributed.call} in {@code keras/src/layers/rnn/time_distributed.py}.
 */
final class StepCalls {
  private final LayerContext context;
  private final Layer layer;
  private final String place;
  private final boolean trainable;
  private final List<LayerContext> calls = new ArrayList<>();

  /**
   * Calls of a layer.
   *
   * @param place the layer's place in the one around it
   * @param trainable whether the layer is trainable
   */
  StepCalls(LayerContext context, Layer layer, String place, boolean trainable) {
    this.context = context;
    this.layer = layer;
    this.place = place;
    this.trainable = trainable;
  }

  /** (batch, time, ...) from (batch, time, ...). */
  INDArray forward(INDArray x) {
    calls.clear();
    int steps = Math.toIntExact(x.size(1));
    INDArray all = null;
    for (int t = 0; t < steps; t++) {
      LayerContext call =
          context.nested(
              new LayerContext.InnerCall(place, t, trainable),
              context.batchSize(),
              Collections.singletonList(ofStep(context.mask(0), t, steps)),
              List.of(context.needsInputGradient(0)));
      calls.add(call);
      INDArray y = layer.forward(call, List.of(copy(call, "step of x", step(x, t)))).get(0);
      all = all == null ? sequence("y", steps, y) : all;
      step(all, t).assign(y);
    }
    return all == null ? x : all;
  }

  /** The gradient of x from that of y. */
  INDArray backward(INDArray outputGradient) {
    INDArray all = null;
    int steps = calls.size();
    for (int t = steps - 1; t >= 0; t--) {
      LayerContext call = calls.get(t);
      INDArray dy = copy(call, "step of dy", step(outputGradient, t));
      INDArray dx = layer.backward(call, List.of(dy)).get(0);
      all = all == null ? sequence("dx", steps, dx) : all;
      step(all, t).assign(dx);
    }
    return all == null ? outputGradient : all;
  }

  /** Memory for a sequence, (batch, time, ...), of which an array is a step. */
  private INDArray sequence(String key, int steps, INDArray step) {
    long[] shape = new long[step.rank() + 1];
    shape[0] = step.size(0);
    shape[1] = steps;
    System.arraycopy(step.shape(), 1, shape, 2, step.rank() - 1);
    return context.scratch(key, shape);
  }

  private static INDArray step(INDArray sequence, int t) {
    INDArrayIndex[] indices = new INDArrayIndex[sequence.rank()];
    Arrays.fill(indices, NDArrayIndex.all());
    indices[1] = NDArrayIndex.point(t);
    return sequence.get(indices);
  }

  private static INDArray copy(LayerContext call, String key, INDArray step) {
    return call.scratch(key, step.shape()).assign(step);
  }

  /** What a mask says of a step: of its samples, or of what is inside them. */
  private static @Nullable Mask ofStep(@Nullable Mask mask, int t, int steps) {
    if (mask == null) {
      return null;
    }
    List<Long> inside = mask.shape().dimensions().subList(1, mask.shape().rank());
    int positions = mask.positions() / steps;
    boolean[] valid = new boolean[mask.samples() * positions];
    for (int i = 0; i < valid.length; i++) {
      valid[i] = mask.isValid(i / positions, t * positions + i % positions);
    }
    return Mask.of(new Shape(inside), mask.samples(), valid);
  }
}
