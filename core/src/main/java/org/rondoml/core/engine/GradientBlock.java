package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.Kernels;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Product;
import org.rondoml.core.compute.Vec;

/**
 * Some rows of a parameter, whose gradient one thread at a time computes: the sum over all shards,
 * always in the same order. Large parameters are cut by a rule of their shape alone, so that
 * threads share the work and results don't depend on their number.
 *
 * <p>That the products with which gradients end are computed here, over all shards, and not by each
 * shard for itself, spares a copy of all gradients a shard, and the time to add them up.
 */
final class GradientBlock {
  private static final int ELEMENTS = 131_072;
  private static final int LEAST_COLUMNS = 256;

  private final ParameterBlock.Entry parameter;
  private final Kernels kernels;
  private final Memory gradients;
  private final int rows;
  private final int width;
  private final int firstColumn;
  private final int columns;
  private final Map<Plan, Product> plans = new HashMap<>();
  private final Vec sum;
  private final Vec more;

  private record Plan(int length, boolean accumulate) {}

  private GradientBlock(
      ParameterBlock.Entry parameter,
      Kernels kernels,
      Memory gradients,
      int width,
      int firstColumn,
      int columns) {
    this.parameter = parameter;
    this.kernels = kernels;
    this.gradients = gradients;
    this.rows = Math.toIntExact(parameter.memory().length() / width);
    this.width = width;
    this.firstColumn = firstColumn;
    this.columns = columns;
    sum = Vec.window(gradients.precision(), columns);
    more = Vec.window(gradients.precision(), columns);
  }

  /**
   * The blocks of all parameters that are trained, the largest first.
   *
   * @param gradients where their gradients lie, in the order of the parameters
   */
  static List<GradientBlock> of(ParameterBlock parameters, Kernels kernels, Memory gradients) {
    List<GradientBlock> blocks = new ArrayList<>();
    for (ParameterBlock.Entry entry : parameters.entries()) {
      long elements = entry.memory().length();
      if (!entry.trainable() || elements == 0) {
        continue;
      }
      long[] shape = entry.memory().array().shape();
      int width = Math.toIntExact(shape[shape.length - 1]);
      int most = (int) Math.max(LEAST_COLUMNS, ELEMENTS * (long) width / elements);
      for (int first = 0; first < width; first += most) {
        blocks.add(
            new GradientBlock(
                entry, kernels, gradients, width, first, Math.min(most, width - first)));
      }
    }
    blocks.sort((a, b) -> Integer.compare(b.rows * b.columns, a.rows * a.columns));
    return blocks;
  }

  /** Where a row begins among all gradients. */
  private long start(int row) {
    return parameter.offset() + inParameter(row);
  }

  private long inParameter(int row) {
    return (long) row * width + firstColumn;
  }

  /** Computes the gradient. */
  void compute(List<ShardGradients> shards) {
    boolean written = false;
    for (ShardGradients shard : shards) {
      for (ShardGradients.OuterProducts p : shard.products(parameter)) {
        plans
            .computeIfAbsent(new Plan(p.rows(), written), this::plan)
            .run(p.a(), p.aOffset(), p.b(), p.bOffset() + firstColumn, gradients, start(0));
        written = true;
      }
    }
    for (ShardGradients shard : shards) {
      Memory memory = shard.memory(parameter);
      if (memory != null) {
        add(memory, written);
        written = true;
      }
    }
    if (!written) {
      for (int row = 0; row < rows; row++) {
        gradients.clear(start(row), columns);
      }
    }
  }

  private Product plan(Plan plan) {
    return kernels.plan(
        new Gemm(
            gradients.precision(),
            rows,
            columns,
            plan.length(),
            true,
            false,
            plan.accumulate(),
            rows,
            width,
            width));
  }

  private void add(Memory memory, boolean written) {
    for (int row = 0; row < rows; row++) {
      more.reads(memory, inParameter(row));
      if (written) {
        sum.updates(gradients, start(row));
        sum.add(sum, more).done();
      } else {
        sum.writes(gradients, start(row));
        sum.copy(more).done();
      }
    }
  }
}
