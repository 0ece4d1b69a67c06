package org.rondoml.rnn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
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
    SequenceArray in = SequenceArray.of(context, "x", x, true);
    SequenceArray all = null;
    for (int t = 0; t < steps; t++) {
      LayerContext call =
          context.nested(
              new LayerContext.InnerCall(place, t, trainable),
              context.batchSize(),
              Collections.singletonList(ofStep(context.mask(0), t, steps)),
              List.of(context.needsInputGradient(0)));
      calls.add(call);
      INDArray y = layer.forward(call, List.of(step(call, "step of x", in, t))).get(0);
      all = all == null ? sequence("y", steps, y) : all;
      put(call, "step of y", y, all, t);
    }
    return all == null ? x : all.array();
  }

  /** The gradient of x from that of y. */
  INDArray backward(INDArray outputGradient) {
    SequenceArray given = SequenceArray.of(context, "dy", outputGradient, true);
    SequenceArray all = null;
    int steps = calls.size();
    for (int t = steps - 1; t >= 0; t--) {
      LayerContext call = calls.get(t);
      INDArray dy = step(call, "step of dy", given, t);
      INDArray dx = layer.backward(call, List.of(dy)).get(0);
      all = all == null ? sequence("dx", steps, dx) : all;
      put(call, "step of dx", dx, all, t);
    }
    return all == null ? outputGradient : all.array();
  }

  /** Memory for a sequence, (batch, time, ...), of which an array is a step. */
  private SequenceArray sequence(String key, int steps, INDArray step) {
    long[] shape = new long[step.rank() + 1];
    shape[0] = step.size(0);
    shape[1] = steps;
    System.arraycopy(step.shape(), 1, shape, 2, step.rank() - 1);
    return SequenceArray.of(context, key, context.scratch(key, shape), true);
  }

  /** A copy of a step, (batch, ...). */
  private static INDArray step(LayerContext call, String key, SequenceArray from, int t) {
    long[] shape = from.array().shape();
    long[] ofStep = new long[shape.length - 1];
    ofStep[0] = shape[0];
    System.arraycopy(shape, 2, ofStep, 1, shape.length - 2);
    INDArray step = call.scratch(key, ofStep);
    Memory to = call.dense(key, step);
    long length = (long) from.inner() * from.width();
    for (int sample = 0; sample < from.batch(); sample++) {
      to.copyFrom(from.memory(), from.at(sample, t, 0), sample * length, length);
    }
    return step;
  }

  /** Writes a step to its place in a sequence. */
  private static void put(LayerContext call, String key, INDArray step, SequenceArray to, int t) {
    Memory from = call.rowMajor(key, step);
    long length = (long) to.inner() * to.width();
    for (int sample = 0; sample < to.batch(); sample++) {
      to.memory().copyFrom(from, sample * length, to.at(sample, t, 0), length);
    }
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
