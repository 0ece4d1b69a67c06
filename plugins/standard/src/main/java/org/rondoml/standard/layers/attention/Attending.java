package org.rondoml.standard.layers.attention;

import org.rondoml.api.Precision;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Product;
import org.rondoml.core.spi.LayerContext;

/**
 * What all attention layers share: for each block, means of values with weights that come from
 * scores,
 *
 * <pre>
 * o_i  = sum_j w_ij v_j
 * dw_ij = do_i · v_j
 * dv_j = sum_i w_ij do_i
 * </pre>
 */
final class Attending {
  private final AttentionSizes sizes;
  private final Scores scores;
  private final AttentionWeights weights;
  private final Memory dWeights;
  private final Product product;
  private final Product toWeights;
  private final Product toValues;

  Attending(LayerContext context, AttentionSizes sizes, Scores scores, AttentionWeights weights) {
    this.sizes = sizes;
    this.scores = scores;
    this.weights = weights;
    Precision precision = context.precision();
    int q = sizes.queries();
    int v = sizes.values();
    int d = sizes.valueDepth();
    dWeights =
        context.forwardOnly()
            ? weights.scores()
            : context.dense("dweights", context.scratch("dweights", sizes.blocks(), q, v));
    product = context.product(new Gemm(precision, q, d, v, false, false, false));
    toWeights = context.product(new Gemm(precision, q, v, d, false, true, false));
    toValues = context.product(new Gemm(precision, v, d, q, true, false, false));
  }

  /** Computes the means. */
  void forward(Memory queries, Memory keys, Memory values, Memory outputs, Visibility visibility) {
    scores.forward(queries, keys, weights.scores());
    weights.forward(visibility);
    for (int b = 0; b < sizes.blocks(); b++) {
      product.run(weights.applied(), scoresAt(b), values, valuesAt(b), outputs, outputsAt(b));
    }
  }

  /** Computes the gradients of queries, keys and values, which no two share. */
  void backward(
      Memory queries,
      Memory keys,
      Memory values,
      Memory dOutputs,
      Memory dQueries,
      Memory dKeys,
      Memory dValues) {
    for (int b = 0; b < sizes.blocks(); b++) {
      toWeights.run(dOutputs, outputsAt(b), values, valuesAt(b), dWeights, scoresAt(b));
      toValues.run(weights.applied(), scoresAt(b), dOutputs, outputsAt(b), dValues, valuesAt(b));
    }
    weights.backward(dWeights);
    scores.backward(queries, keys, dWeights, dQueries, dKeys);
  }

  private long scoresAt(int block) {
    return (long) block * sizes.scores();
  }

  private long valuesAt(int block) {
    return (long) block * sizes.values() * sizes.valueDepth();
  }

  private long outputsAt(int block) {
    return (long) block * sizes.queries() * sizes.valueDepth();
  }
}
