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
import org.rondoml.core.spi.Columns;
import org.rondoml.core.spi.OuterProducts;

/**
 * Some rows of a parameter, whose gradient one thread at a time computes: the sum over all shards,
 * always in the same order. Large parameters are cut by a rule of their shape alone, so that
 * threads share the work and results don't depend on their number.
 *
 * <p>That the products with which gradients end are computed here, over all shards, and not by each
 * shard for itself, spares a copy of all gradients a shard, and the time to add them up. Right
 * factors are read where they lie: packing them takes longer than it saves, and as much memory
 * again, for which there is no room in the cache.
 */
final class GradientBlock {
  /** The rows at most: as many as make a product fast, and few enough to share. */
  static final int ROWS = 128;

  private final Kernels kernels;
  private final Map<Gemm, Product> products = new HashMap<>();
  private final ParameterBlock.Entry parameter;
  private final Memory gradients;
  private final int columns;
  private final int firstRow;
  private final int rows;
  private final List<Columns> written = new ArrayList<>();
  private final Vec sum;
  private final Vec more;

  private GradientBlock(
      Kernels kernels, ParameterBlock.Entry parameter, Memory gradients, int firstRow, int rows) {
    this.kernels = kernels;
    this.parameter = parameter;
    this.gradients = gradients;
    this.columns = width(parameter);
    this.firstRow = firstRow;
    this.rows = rows;
    sum = Vec.window(gradients.precision(), columns);
    more = Vec.window(gradients.precision(), columns);
  }

  /** The columns of a parameter seen as a matrix: the size of its last axis, or 1 of a number. */
  static int width(ParameterBlock.Entry parameter) {
    long[] shape = parameter.memory().array().shape();
    return shape.length == 0 ? 1 : Math.toIntExact(shape[shape.length - 1]);
  }

  /**
   * The blocks of all parameters that are trained, the largest first.
   *
   * @param gradients where their gradients lie, in the order of the parameters
   */
  static List<GradientBlock> of(Kernels kernels, ParameterBlock parameters, Memory gradients) {
    List<GradientBlock> blocks = new ArrayList<>();
    for (ParameterBlock.Entry entry : parameters.entries()) {
      long elements = entry.memory().length();
      if (!entry.trainable() || elements == 0) {
        continue;
      }
      int all = Math.toIntExact(elements / width(entry));
      for (int first = 0; first < all; first += ROWS) {
        blocks.add(
            new GradientBlock(kernels, entry, gradients, first, Math.min(ROWS, all - first)));
      }
    }
    blocks.sort((a, b) -> Long.compare(b.length(), a.length()));
    return blocks;
  }

  private long start() {
    return parameter.offset() + (long) firstRow * columns;
  }

  private long length() {
    return (long) rows * columns;
  }

  /** Computes the gradient. */
  void compute(List<ShardGradients> shards) {
    boolean any = multiply(shards);
    for (ShardGradients shard : shards) {
      Memory memory = shard.memory(parameter);
      if (memory != null) {
        add(memory, any);
        any = true;
      }
    }
    if (!any) {
      gradients.clear(start(), length());
    }
    for (ShardGradients shard : shards) {
      shard.uses(parameter).forEach(this::add);
    }
  }

  /**
   * Computes the outer products. Mostly they are of all columns, or of parts that together are all
   * of them: then the first of a part replaces what was there. Else all are added to zeros.
   *
   * @return whether there were any, so that all columns are written
   */
  private boolean multiply(List<ShardGradients> shards) {
    boolean adds = !areParts(shards);
    written.clear();
    if (adds) {
      gradients.clear(start(), length());
    }
    boolean any = false;
    for (ShardGradients shard : shards) {
      for (ShardGradients.OfColumns of : shard.products(parameter)) {
        boolean first = !written.contains(of.columns());
        if (first) {
          written.add(of.columns());
        }
        OuterProducts p = of.products();
        products
            .computeIfAbsent(gemm(of, adds || !first), kernels::plan)
            .run(
                p.a(),
                p.aOffset() + firstRow,
                p.b(),
                p.bOffset(),
                gradients,
                start() + of.columns().from());
        any = true;
      }
    }
    return any;
  }

  /**
   * Whether the columns of outer products are parts of all columns, and nothing is between them.
   */
  private boolean areParts(List<ShardGradients> shards) {
    written.clear();
    int covered = 0;
    for (ShardGradients shard : shards) {
      for (ShardGradients.OfColumns of : shard.products(parameter)) {
        Columns next = of.columns();
        if (written.contains(next)) {
          continue;
        }
        for (Columns other : written) {
          if (next.from() < other.to() && other.from() < next.to()) {
            return false;
          }
        }
        written.add(next);
        covered += next.count();
      }
    }
    return covered == 0 || covered == columns;
  }

  private void add(TableUses uses) {
    for (int use = 0; use < uses.count(); use++) {
      int row = uses.row(use) - firstRow;
      if (row >= 0 && row < rows) {
        sum.updates(gradients, start() + (long) row * columns);
        sum.add(sum, uses.read(use, more)).done();
      }
    }
  }

  private Gemm gemm(ShardGradients.OfColumns of, boolean accumulate) {
    int allRows = Math.toIntExact(parameter.memory().length() / columns);
    OuterProducts p = of.products();
    return new Gemm(
            gradients.precision(), rows, of.columns().count(), p.rows(), true, false, accumulate)
        .withStrideA(allRows)
        .withStrideB(p.strideB())
        .withStrideC(columns);
  }

  private void add(Memory memory, boolean isAdded) {
    for (int row = 0; row < rows; row++) {
      long at = (long) row * columns;
      more.reads(memory, (long) firstRow * columns + at);
      if (isAdded) {
        sum.updates(gradients, start() + at);
        sum.add(sum, more).done();
      } else {
        sum.writes(gradients, start() + at);
        sum.copy(more).done();
      }
    }
  }
}
