package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Gradient;

/**
 * The gradient of a parameter that is a table, of whose rows a batch uses only some. Beside the sum
 * over the uses of a row, which is among the gradients of all parameters, it knows the sums of
 * their squares and sizes; see {@link Gradient}.
 */
final class TableGradient {
  private final ParameterBlock.Entry parameter;
  private final Memory gradients;
  private final boolean countsUses;
  private final int columns;
  private final int rows;
  private final Memory squares;
  private final Memory sizes;
  private final Vec use;
  private final Vec sum;
  private final Vec clipped;
  private final Vec size;
  private final BitSet used = new BitSet();
  private final List<TableUses> uses = new ArrayList<>();

  /**
   * The gradient of a table.
   *
   * @param gradients those of all parameters
   * @param countsUses whether every use counts by itself in squares and sizes
   */
  TableGradient(ParameterBlock.Entry parameter, Memory gradients, boolean countsUses) {
    this.parameter = parameter;
    this.gradients = gradients;
    this.countsUses = countsUses;
    columns = GradientBlock.width(parameter);
    rows = Math.toIntExact(parameter.memory().length() / columns);
    long[] shape = parameter.memory().array().shape();
    squares = Memory.of(Nd4j.create(gradients.array().dataType(), shape));
    sizes = Memory.of(Nd4j.create(gradients.array().dataType(), shape));
    use = Vec.window(gradients.precision(), columns);
    sum = Vec.window(gradients.precision(), columns);
    clipped = Vec.zeros(gradients.precision(), columns);
    size = Vec.zeros(gradients.precision(), columns);
  }

  ParameterBlock.Entry parameter() {
    return parameter;
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  /** The sums of the squares of the uses; null where they don't count each by itself. */
  @Nullable Memory squares() {
    return countsUses ? squares : null;
  }

  /** Gathers the uses of a backward pass. */
  void gather(List<ShardGradients> shards) {
    used.stream().forEach(this::clear);
    used.clear();
    uses.clear();
    shards.forEach(shard -> uses.addAll(shard.uses(parameter)));
    for (TableUses ofTable : uses) {
      for (int i = 0; i < ofTable.count(); i++) {
        used.set(ofTable.row(i));
        add(ofTable.row(i), ofTable.read(i, use));
      }
    }
  }

  private void clear(int row) {
    squares.clear((long) row * columns, columns);
    sizes.clear((long) row * columns, columns);
  }

  private void add(int row, Vec gradient) {
    long at = (long) row * columns;
    sum.updates(squares, at);
    sum.blendSquare(1, gradient, 1).done();
    sum.updates(sizes, at);
    sum.add(sum, size.abs(gradient)).done();
  }

  /** Limits the size of the elements of every use. */
  void clip(double limit) {
    used.stream().forEach(this::clear);
    used.stream()
        .forEach(row -> gradients.clear(parameter.offset() + (long) row * columns, columns));
    for (TableUses ofTable : uses) {
      for (int i = 0; i < ofTable.count(); i++) {
        clipped.clip(ofTable.read(i, use), -limit, limit);
        add(ofTable.row(i), clipped);
        sum.updates(gradients, parameter.offset() + (long) ofTable.row(i) * columns);
        sum.add(sum, clipped).done();
      }
    }
  }

  /** The sum of the squares of all uses. */
  double sumOfSquares() {
    return used.stream().mapToDouble(row -> sum.reads(squares, (long) row * columns).sum()).sum();
  }

  /** Multiplies all uses by a factor; their sum is multiplied elsewhere. */
  void scale(double factor) {
    used.stream()
        .forEach(
            row -> {
              sum.updates(squares, (long) row * columns);
              sum.scale(sum, factor * factor).done();
              sum.updates(sizes, (long) row * columns);
              sum.scale(sum, factor).done();
            });
  }

  /** Reads the gradients of rows, for one thread at a time. */
  final class Windows {
    private final Vec value = Vec.window(gradients.precision(), columns);
    private final Vec ofSquares = Vec.window(gradients.precision(), columns);
    private final Vec ofSizes = Vec.window(gradients.precision(), columns);

    /** The gradient of a row. */
    Gradient read(int row) {
      value.reads(gradients, parameter.offset() + (long) row * columns);
      boolean unused = !used.get(row);
      return countsUses
          ? Gradient.ofRow(
              value,
              ofSquares.reads(squares, (long) row * columns),
              ofSizes.reads(sizes, (long) row * columns),
              unused)
          : Gradient.ofRow(value, unused);
    }
  }
}
