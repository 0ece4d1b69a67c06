package org.rondoml.standard.layers.attention;

import org.jspecify.annotations.Nullable;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.LayerContext;

/**
 * Sums of hyperbolic tangents, with weights that are parameters, or 1 where there is none: a number
 * c, a vector w, and a number a inside:
 *
 * <pre>
 * t_ij = tanh(a (q_i + k_j))
 * s_ij = c w · t_ij
 * du   = ds_ij c w (1 - t_ij²)
 * dq_i = sum_j a du,  dk_j = sum_i a du
 * dc   = sum_ij ds_ij w · t_ij
 * dw   = sum_ij ds_ij c t_ij
 * da   = sum_ij du · (q_i + k_j)
 * </pre>
 *
 * <p>The tangents are computed again in the backward pass: to keep them would take the memory of
 * all scores times the depth.
 */
final class TanhScores implements Scores {
  private final LayerContext context;
  private final AttentionSizes sizes;
  private final @Nullable String inner;
  private final @Nullable String outer;
  private final @Nullable String vector;

  /**
   * Scores.
   *
   * @param inner the parameter a of shape (), or null
   * @param outer the parameter c of shape (), or null
   * @param vector the parameter w of shape (depth), or null
   */
  TanhScores(
      LayerContext context,
      AttentionSizes sizes,
      @Nullable String inner,
      @Nullable String outer,
      @Nullable String vector) {
    this.context = context;
    this.sizes = sizes;
    this.inner = inner;
    this.outer = outer;
    this.vector = vector;
  }

  @Override
  public void forward(Memory queries, Memory keys, Memory scores) {
    Vec row = context.window("scores", sizes.values());
    Vec t = context.vec("t", sizes.depth());
    Vec w = weights();
    double a = number(inner);
    double c = number(outer);
    for (int i = 0; i < sizes.blocks() * sizes.queries(); i++) {
      row.writes(scores, (long) i * sizes.values());
      for (int j = 0; j < sizes.values(); j++) {
        sum(t, queries, keys, i, j);
        row.set(j, c * t.tanh(t.scale(t, a)).dot(w));
      }
      row.done();
    }
  }

  @Override
  public void backward(Memory queries, Memory keys, Memory dScores, Memory dQueries, Memory dKeys) {
    int depth = sizes.depth();
    dKeys.clear((long) sizes.blocks() * sizes.values() * depth);
    Vec row = context.window("dscores", sizes.values());
    Vec u = context.vec("u", depth);
    Vec t = context.vec("t", depth);
    Vec du = context.vec("du", depth);
    Vec dQuery = context.vec("dquery", depth);
    Vec dKey = context.window("dkey", depth);
    Vec w = weights();
    Vec dw = context.vec("dw", depth).fill(0);
    double a = number(inner);
    double c = number(outer);
    double da = 0;
    double dc = 0;
    for (int i = 0; i < sizes.blocks() * sizes.queries(); i++) {
      row.reads(dScores, (long) i * sizes.values());
      dQuery.fill(0);
      for (int j = 0; j < sizes.values(); j++) {
        double ds = row.get(j);
        sum(u, queries, keys, i, j);
        t.tanh(t.scale(u, a));
        dc += ds * t.dot(w);
        dw.addScaled(t, ds * c);
        du.tanhGradient(t, w);
        du.scale(du, ds * c);
        da += du.dot(u);
        dQuery.addScaled(du, a);
        dKey.updates(dKeys, keyAt(i, j)).addScaled(du, a).done();
      }
      dQuery.store(dQueries, (long) i * depth);
    }
    add(inner, da);
    add(outer, dc);
    if (vector != null) {
      Vec sum = context.window("dvector", depth).updates(context.gradient(vector), 0);
      sum.add(sum, dw).done();
    }
  }

  /** u = q_i + k_j, with the queries of all blocks counted through. */
  private void sum(Vec u, Memory queries, Memory keys, int i, int j) {
    Vec q = context.window("q", sizes.depth()).reads(queries, (long) i * sizes.depth());
    Vec k = context.window("k", sizes.depth()).reads(keys, keyAt(i, j));
    u.add(q, k);
  }

  private long keyAt(int i, int j) {
    int block = i / sizes.queries();
    return ((long) block * sizes.values() + j) * sizes.depth();
  }

  private Vec weights() {
    return vector == null
        ? context.vec("ones", sizes.depth()).fill(1)
        : context.vec("w", sizes.depth()).load(context.parameter(vector), 0);
  }

  private double number(@Nullable String parameter) {
    return parameter == null
        ? 1
        : context.window(parameter, 1).reads(context.parameter(parameter), 0).get(0);
  }

  private void add(@Nullable String parameter, double gradient) {
    if (parameter != null) {
      Vec sum = context.window("d" + parameter, 1).updates(context.gradient(parameter), 0);
      sum.set(0, sum.get(0) + gradient);
      sum.done();
    }
  }
}
