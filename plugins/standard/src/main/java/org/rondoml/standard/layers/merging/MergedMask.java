package org.rondoml.standard.layers.merging;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ShapeMismatchException;

/** One mask of several. */
final class MergedMask {
  private MergedMask() {}

  /** What counts in any, where all have masks; null otherwise. Sizes of 1 are broadcast. */
  static @Nullable Mask any(List<? extends @Nullable Mask> masks) {
    Mask merged = masks.get(0);
    for (Mask mask : masks) {
      if (mask == null || merged == null) {
        return null;
      }
      merged = or(merged, mask);
    }
    return merged;
  }

  /** What counts in all that there are; null where there are none. */
  static @Nullable Mask all(List<? extends @Nullable Mask> masks) {
    Mask merged = null;
    for (Mask mask : masks) {
      if (mask == null) {
        continue;
      }
      if (merged != null && !merged.shape().equals(mask.shape())) {
        throw misfit(merged.shape(), mask.shape());
      }
      merged = merged == null ? mask : merged.and(mask);
    }
    return merged;
  }

  private static Mask or(Mask a, Mask b) {
    Shape shape = common(a.shape(), b.shape());
    int positions = Math.toIntExact(shape.size());
    boolean[] valid = new boolean[a.samples() * positions];
    for (int i = 0; i < valid.length; i++) {
      int sample = i / positions;
      valid[i] =
          a.isValid(sample, position(i % positions, shape, a.shape()))
              || b.isValid(sample, position(i % positions, shape, b.shape()));
    }
    return Mask.of(shape, a.samples(), valid);
  }

  private static Shape common(Shape a, Shape b) {
    if (a.rank() != b.rank()) {
      throw misfit(a, b);
    }
    Shape shape = a;
    for (int axis = 0; axis < a.rank(); axis++) {
      if (a.dimension(axis) != b.dimension(axis)) {
        if (a.dimension(axis) != 1 && b.dimension(axis) != 1) {
          throw misfit(a, b);
        }
        List<Long> sizes = new ArrayList<>(shape.dimensions());
        sizes.set(axis, Math.max(a.dimension(axis), b.dimension(axis)));
        shape = new Shape(sizes);
      }
    }
    return shape;
  }

  /** The position in a shape of which some sizes may be 1. */
  private static int position(int position, Shape shape, Shape own) {
    int rest = position;
    int result = 0;
    int stride = 1;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      int size = Math.toIntExact(shape.dimension(axis));
      if (own.dimension(axis) > 1) {
        result += rest % size * stride;
        stride *= size;
      }
      rest /= size;
    }
    return result;
  }

  private static ShapeMismatchException misfit(Shape a, Shape b) {
    return new ShapeMismatchException(
        "found inputs with masks of shapes "
            + a
            + " and "
            + b
            + ", which don't fit each other: expected the same steps to be masked, or one input"
            + " without a mask");
  }
}
