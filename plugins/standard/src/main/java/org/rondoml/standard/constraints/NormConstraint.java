package org.rondoml.standard.constraints;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Constraint;
import org.rondoml.core.spi.ShapeMismatchException;

/**
 * A condition on norms along some axes of a parameter: everything along them is multiplied by a
 * factor that depends on its norm,
 *
 * <pre>
 * norm = sqrt(sum of w² along the axes)
 * w    = w · factor(norm)
 * </pre>
 *
 * <p>Source: Keras, {@code keras/src/constraints/constraints.py}.
 */
abstract class NormConstraint implements Constraint {
  /** Keras' {@code epsilon()}, which keeps divisors from 0. */
  static final double EPSILON = 1e-7;

  private final List<Integer> axes;

  /**
   * A condition.
   *
   * @param axes the axes that norms are taken along; negative ones count from the end
   */
  NormConstraint(List<Integer> axes) {
    this.axes = List.copyOf(axes);
  }

  /** What a vector is multiplied by. */
  abstract double factor(double norm);

  @Override
  public final void check(Shape parameter) {
    Set<Integer> named = new HashSet<>();
    for (int axis : axes) {
      if (axis >= parameter.rank() || axis < -parameter.rank()) {
        throw new ShapeMismatchException(
            "the constraint's axis is "
                + axis
                + ", but the parameter of shape "
                + parameter
                + " has axes 0 to "
                + (parameter.rank() - 1));
      }
      if (!named.add(Math.floorMod(axis, parameter.rank()))) {
        throw new ShapeMismatchException(
            "the constraint's axes "
                + axes
                + " name one of a parameter of shape "
                + parameter
                + " twice: name each once");
      }
    }
  }

  @Override
  public final void apply(Memory parameter, Memory scratch) {
    Groups groups = new Groups(parameter.array().shape());
    if (groups.alongRows) {
      scaleRows(parameter, groups);
    } else {
      scaleElements(parameter, scratch, groups);
    }
  }

  /** Where the last axis is one of the axes: all elements of a row have the same factor. */
  private void scaleRows(Memory parameter, Groups groups) {
    double[] squares = new double[groups.count];
    Vec row = Vec.window(parameter.precision(), groups.rowLength);
    for (int r = 0; r < groups.rows; r++) {
      row.reads(parameter, (long) r * groups.rowLength);
      squares[groups.of(r)] += row.dot(row);
    }
    for (int r = 0; r < groups.rows; r++) {
      row.updates(parameter, (long) r * groups.rowLength);
      row.scale(row, factor(Math.sqrt(squares[groups.of(r)]))).done();
    }
  }

  /** Where it is not: every place in a row has a factor of its own. */
  private void scaleElements(Memory parameter, Memory scratch, Groups groups) {
    Vec row = Vec.window(parameter.precision(), groups.rowLength);
    Vec factors = Vec.window(parameter.precision(), groups.rowLength);
    scratch.clear((long) groups.count * groups.rowLength);
    for (int r = 0; r < groups.rows; r++) {
      row.reads(parameter, (long) r * groups.rowLength);
      factors.updates(scratch, (long) groups.of(r) * groups.rowLength);
      factors.addProduct(row, row).done();
    }
    for (int group = 0; group < groups.count; group++) {
      factors.updates(scratch, (long) group * groups.rowLength);
      factors.map(factors, square -> factor(Math.sqrt(square))).done();
    }
    for (int r = 0; r < groups.rows; r++) {
      factors.reads(scratch, (long) groups.of(r) * groups.rowLength);
      row.updates(parameter, (long) r * groups.rowLength);
      row.multiply(row, factors).done();
    }
  }

  /** The rows of a parameter, those in one group whose elements have norms in common. */
  private final class Groups {
    private final long[] shape;
    private final boolean[] along;
    private final boolean alongRows;
    private final int rowLength;
    private final int rows;
    private final int count;

    Groups(long[] shape) {
      this.shape = shape;
      int rank = shape.length;
      along = new boolean[rank];
      for (int axis : axes) {
        along[axis < 0 ? rank + axis : axis] = true;
      }
      alongRows = along[rank - 1];
      rowLength = Math.toIntExact(shape[rank - 1]);
      long allRows = 1;
      long groups = 1;
      for (int axis = 0; axis < rank - 1; axis++) {
        allRows *= shape[axis];
        groups *= along[axis] ? 1 : shape[axis];
      }
      rows = Math.toIntExact(allRows);
      count = Math.toIntExact(groups);
    }

    /** The group of a row. */
    int of(int row) {
      int group = 0;
      int stride = 1;
      int rest = row;
      for (int axis = shape.length - 2; axis >= 0; axis--) {
        int size = (int) shape[axis];
        if (!along[axis]) {
          group += rest % size * stride;
          stride *= size;
        }
        rest /= size;
      }
      return group;
    }
  }
}
