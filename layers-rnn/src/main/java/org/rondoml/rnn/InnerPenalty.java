package org.rondoml.rnn;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Regularizer;

/**
 * The penalty on what a layer inside another puts out, which the engine adds for the model's own
 * layers alone: of each output the regularizer's value, divided by the samples that the inner layer
 * sees of the whole batch.
 *
 * <p>Source: Keras {@code layers/layer.py}, {@code Layer.__call__}.
 */
final class InnerPenalty {
  private final @Nullable Regularizer regularizer;

  /** The penalty of a layer; none where it has no {@code activity_regularizer}. */
  InnerPenalty(Layer layer) {
    regularizer = layer.activityRegularizer().orElse(null);
  }

  /**
   * Adds the penalty to the loss.
   *
   * @param inner the inner layer's context
   * @param outputs the inner layer's
   */
  void forward(LayerContext inner, List<INDArray> outputs) {
    if (regularizer != null) {
      double sum = 0;
      for (int i = 0; i < outputs.size(); i++) {
        sum += regularizer.penalty(inner.dense(output(i), outputs.get(i)));
      }
      inner.addPenalty(sum / inner.wholeBatchSize());
    }
  }

  /**
   * The gradients of the inner layer's outputs, with that of the penalty.
   *
   * @param outputs what {@link #forward} was given
   */
  List<INDArray> backward(LayerContext inner, List<INDArray> outputs, List<INDArray> gradients) {
    if (regularizer == null) {
      return gradients;
    }
    List<INDArray> sums = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Memory values = inner.dense(output(i), outputs.get(i));
      INDArray sum = inner.scratchLike("gradient of " + output(i), values.array());
      sum.assign(gradients.get(i));
      Memory memory = inner.dense("gradient of " + output(i), sum);
      regularizer.addGradient(values, 1.0 / inner.wholeBatchSize(), memory, 0);
      sums.add(sum);
    }
    return sums;
  }

  private static String output(int number) {
    return "activity of output " + number;
  }
}
