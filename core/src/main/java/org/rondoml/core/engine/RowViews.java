package org.rondoml.core.engine;

import java.util.HashMap;
import java.util.Map;
import org.rondoml.api.Precision;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Scope;

/** Views of an output and its targets, one for each way to look at them. */
final class RowViews {
  private final Precision precision;
  private final Shape shape;
  private final RowView whole;
  private final Map<Integer, RowView> byAxis = new HashMap<>();

  /**
   * Views of samples.
   *
   * @param shape the shape in which outputs are laid beside targets
   * @param targetLength the elements of a sample's target
   */
  RowViews(Precision precision, Shape shape, int targetLength) {
    this.precision = precision;
    this.shape = shape;
    this.whole = new RowView(precision, 1, targetLength, (int) shape.size());
    int length = (int) shape.dimension(-1);
    int count = (int) shape.size() / length;
    byAxis.put(-1, new RowView(precision, count, Math.max(1, targetLength / count), length));
  }

  /**
   * What shows what a scope takes in.
   *
   * @param axis the axis of the rows, counted from the end
   */
  RowView of(Scope scope, int axis) {
    return scope == Scope.ROW ? byAxis.computeIfAbsent(axis, this::along) : whole;
  }

  private RowView along(int axis) {
    int stride = 1;
    for (int later = axis + 1; later < 0; later++) {
      stride *= (int) shape.dimension(later);
    }
    return new AxisView(precision, whole, (int) shape.dimension(axis), stride);
  }
}
