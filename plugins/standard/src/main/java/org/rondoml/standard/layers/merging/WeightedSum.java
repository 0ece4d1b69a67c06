package org.rondoml.standard.layers.merging;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.standard.layers.Rows;

/** y = sum_i weight_i x_i, with weights that are the same for all elements. */
abstract class WeightedSum extends Merge {
  WeightedSum(Semantics semantics) {
    super(semantics);
  }

  /** The weight of an input among so many. */
  abstract double weight(int i, int count);

  @Override
  final void merge(List<Vec> x, Vec y) {
    y.scale(x.get(0), weight(0, x.size()));
    for (int i = 1; i < x.size(); i++) {
      y.addScaled(x.get(i), weight(i, x.size()));
    }
  }

  @Override
  final void gradient(int i, List<Vec> x, Vec dy, Vec dx) {
    dx.scale(dy, weight(i, x.size()));
  }

  /** An input that is not broadcast has the output's gradient itself, if it counts once. */
  @Override
  public final List<INDArray> backward(LayerContext context, List<INDArray> outputGradients) {
    Pass pass = latest(context);
    INDArray dy = outputGradients.get(0);
    int count = pass.count();
    for (int i = 0; i < count; i++) {
      if (!pass.isPlain(i)) {
        return super.backward(context, outputGradients);
      }
    }
    List<INDArray> gradients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double weight = weight(i, count);
      gradients.add(weight == 1 ? dy : scaled(context, "dx " + weight, dy, weight));
    }
    return gradients;
  }

  private static INDArray scaled(LayerContext context, String key, INDArray array, double scale) {
    Memory from = context.dense(key + " from", array);
    INDArray result = context.scratchLike(key, from.array());
    Memory to = context.dense(key, result);
    int length = Rows.stretch(result);
    Vec in = context.window("dy", length);
    Vec out = context.window("dx", length);
    for (long at = 0; at < to.length(); at += length) {
      in.reads(from, at);
      out.writes(to, at).scale(in, scale).done();
    }
    return result;
  }
}
