package org.rondoml.standard.layers.attention;

import org.jspecify.annotations.Nullable;
import org.rondoml.api.Precision;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Product;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.LayerContext;

/**
 * Dot products, times a factor that is a number or a parameter:
 *
 * <pre>
 * s_ij    = factor q_i · k_j
 * dq_i    = factor sum_j ds_ij k_j
 * dk_j    = factor sum_i ds_ij q_i
 * dfactor = sum_ij ds_ij q_i · k_j
 * </pre>
 */
final class DotScores implements Scores {
  private final LayerContext context;
  private final AttentionSizes sizes;
  private final double number;
  private final @Nullable String parameter;
  private final Product product;
  private final Product toQueries;
  private final Product toKeys;
  private final Memory raw;

  /**
   * Scores with a fixed factor.
   *
   * @param number the factor
   * @param parameter the name of a parameter of shape () that is the factor instead; null for none
   */
  DotScores(LayerContext context, AttentionSizes sizes, double number, @Nullable String parameter) {
    this.context = context;
    this.sizes = sizes;
    this.number = number;
    this.parameter = parameter;
    Precision precision = context.precision();
    int q = sizes.queries();
    int v = sizes.values();
    int d = sizes.depth();
    product = context.product(new Gemm(precision, q, v, d, false, true, false));
    toQueries = context.product(new Gemm(precision, q, d, v, false, false, false));
    toKeys = context.product(new Gemm(precision, v, d, q, true, false, false));
    int kept = parameter == null ? 1 : sizes.blocks();
    raw = context.dense("dot products", context.scratch("dot products", kept, q, v));
  }

  @Override
  public void forward(Memory queries, Memory keys, Memory scores) {
    Vec block = context.window("scores", sizes.scores());
    double factor = factor();
    for (int b = 0; b < sizes.blocks(); b++) {
      long at = (long) b * sizes.scores();
      product.run(queries, queriesAt(b), keys, keysAt(b), scores, at);
      if (parameter != null) {
        raw.copyFrom(scores, at, at, sizes.scores());
      }
      if (factor != 1) {
        block.updates(scores, at);
        block.scale(block, factor).done();
      }
    }
  }

  @Override
  public void backward(Memory queries, Memory keys, Memory dScores, Memory dQueries, Memory dKeys) {
    Vec block = context.window("dscores", sizes.scores());
    Vec dots = context.window("dots", sizes.scores());
    double factor = factor();
    double gradient = 0;
    for (int b = 0; b < sizes.blocks(); b++) {
      long at = (long) b * sizes.scores();
      block.updates(dScores, at);
      if (parameter != null) {
        gradient += block.dot(dots.reads(raw, at));
      }
      block.scale(block, factor).done();
      toQueries.run(dScores, at, keys, keysAt(b), dQueries, queriesAt(b));
      toKeys.run(dScores, at, queries, queriesAt(b), dKeys, keysAt(b));
    }
    if (parameter != null) {
      Vec sum = context.window("dfactor", 1).updates(context.gradient(parameter), 0);
      sum.set(0, sum.get(0) + gradient);
      sum.done();
    }
  }

  private double factor() {
    return parameter == null
        ? number
        : context.window("factor", 1).reads(context.parameter(parameter), 0).get(0);
  }

  private long queriesAt(int block) {
    return (long) block * sizes.queries() * sizes.depth();
  }

  private long keysAt(int block) {
    return (long) block * sizes.values() * sizes.depth();
  }
}
