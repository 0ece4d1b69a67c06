package org.rondoml.standard.layers.attention;

import org.jspecify.annotations.Nullable;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.LayerContext;

/**
 * Weights from scores: a softmax over what each query may see, then dropout:
 *
 * <pre>
 * w_ij  = exp(s_ij) / sum_j exp(s_ij)        s_ij hidden where i may not see j
 * w'_ij = w_ij noise_ij                      in training
 * dw    = dw' · noise
 * ds_ij = w_ij (dw_ij - sum_j dw_ij w_ij)    0 where the score was replaced
 * </pre>
 */
final class AttentionWeights {
  private final LayerContext context;
  private final AttentionSizes sizes;
  private final Hiding hiding;
  private final double rate;
  private final @Nullable Long seed;
  private final Memory weights;
  private final Memory noise;
  private final Memory dropped;
  private Visibility visibility = new Visibility(null, null, null, false, 0);

  /**
   * Weights.
   *
   * @param hiding what becomes of scores that a query may not see
   * @param rate the probability of dropping a weight
   * @param seed mixed into the model's; null for nothing
   */
  AttentionWeights(
      LayerContext context, AttentionSizes sizes, Hiding hiding, double rate, @Nullable Long seed) {
    this.context = context;
    this.sizes = sizes;
    this.hiding = hiding;
    this.rate = rate;
    this.seed = seed;
    int blocks = sizes.blocks();
    int q = sizes.queries();
    int v = sizes.values();
    weights = context.dense("weights", context.scratch("weights", blocks, q, v));
    int kept = rate > 0 ? blocks : 1;
    noise = context.dense("noise", context.scratch("noise", kept, q, v));
    dropped = context.dense("dropped", context.scratch("dropped", kept, q, v));
  }

  /** The memory where the scores are put, and which has the weights afterwards. */
  Memory scores() {
    return weights;
  }

  private boolean drops() {
    return rate > 0 && context.training();
  }

  /** The weights as they are applied to the values. */
  Memory applied() {
    return drops() ? dropped : weights;
  }

  /** Makes weights of the scores. */
  void forward(Visibility seen) {
    visibility = seen;
    int length = sizes.values();
    Vec row = context.window("w", length);
    Vec kept = context.window("noise", length);
    Vec result = context.window("dropped", length);
    RandomStream random = seed == null ? context.random() : context.random().derive(seed);
    for (int i = 0; i < sizes.blocks() * sizes.queries(); i++) {
      row.updates(weights, (long) i * length);
      if (!seen.isFull()) {
        hide(row, i, hiding.replaces(), hiding.number());
      }
      row.affine(row, 1, -row.max());
      row.exp(row);
      row.scale(row, 1 / row.sum());
      if (hiding.zeroes() && !seen.isFull()) {
        hide(row, i, true, 0);
      }
      row.done();
      if (drops()) {
        kept.writes(noise, (long) i * length).drop(random, rate, 1 / (1 - rate));
        result.writes(dropped, (long) i * length).multiply(row, kept).done();
        kept.done();
      }
    }
  }

  /** Makes the gradient of the scores of that of the weights that were applied, in its place. */
  void backward(Memory gradient) {
    int length = sizes.values();
    Vec w = context.window("w", length);
    Vec kept = context.window("noise", length);
    Vec row = context.window("dw", length);
    for (int i = 0; i < sizes.blocks() * sizes.queries(); i++) {
      row.updates(gradient, (long) i * length);
      if (drops()) {
        row.multiply(row, kept.reads(noise, (long) i * length));
      }
      w.reads(weights, (long) i * length);
      row.affine(row, 1, -row.dot(w)).multiply(row, w);
      if (hiding.replaces() && !visibility.isFull()) {
        hide(row, i, true, 0);
      }
      row.done();
    }
  }

  /** Changes what a query may not see; the queries of all blocks are counted through. */
  private void hide(Vec row, int i, boolean replaces, double number) {
    int sample = i / (sizes.heads() * sizes.queries());
    int query = i % sizes.queries();
    for (int j = 0; j < row.length(); j++) {
      if (!visibility.sees(sample, query, j)) {
        row.set(j, replaces ? number : row.get(j) + number);
      }
    }
  }
}
