package org.rondoml.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of one sample: all axes but the batch axis, which no shape in Rondo names. A sequence
 * of 28 steps with 28 features is {@code (28, 28)}, a single number a sample is {@code ()}.
 *
 * @param dimensions sizes of the axes; {@link #UNKNOWN} where only the data tells
 */
public record Shape(List<Long> dimensions) {
  /** The size of an axis that only the data tells, such as the number of time steps. */
  public static final long UNKNOWN = -1;

  /** Copies the dimensions. */
  public Shape {
    dimensions = List.copyOf(dimensions);
    for (long dimension : dimensions) {
      if (dimension < 1 && dimension != UNKNOWN) {
        throw new IllegalArgumentException(
            "dimension " + dimension + " is neither positive nor unknown");
      }
    }
  }

  /** The shape with these dimensions. */
  public static Shape of(long... dimensions) {
    return new Shape(Arrays.stream(dimensions).boxed().toList());
  }

  /** The number of axes, the batch axis not counted. */
  public int rank() {
    return dimensions.size();
  }

  /** The size of an axis; a negative index counts from the end, so {@code -1} is the last. */
  public long dimension(int axis) {
    return dimensions.get(axis < 0 ? rank() + axis : axis);
  }

  /** Whether every dimension is known. */
  public boolean isKnown() {
    return !dimensions.contains(UNKNOWN);
  }

  /**
   * The number of elements of a sample.
   *
   * @throws IllegalStateException where a dimension is unknown
   */
  public long size() {
    if (!isKnown()) {
      throw new IllegalStateException("the size of " + this + " is not known before the data");
    }
    return dimensions.stream().reduce(1L, (a, b) -> a * b);
  }

  /** This shape with another last dimension. */
  public Shape withLast(long dimension) {
    List<Long> changed = new ArrayList<>(dimensions);
    changed.set(rank() - 1, dimension);
    return new Shape(changed);
  }

  /** This shape with one more axis at the end. */
  public Shape append(long dimension) {
    List<Long> longer = new ArrayList<>(dimensions);
    longer.add(dimension);
    return new Shape(longer);
  }

  /** This shape without its last axis. */
  public Shape withoutLast() {
    return new Shape(dimensions.subList(0, rank() - 1));
  }

  /** Whether a sample of the other shape fits here: equal but for unknown dimensions. */
  public boolean accepts(Shape other) {
    if (rank() != other.rank()) {
      return false;
    }
    for (int axis = 0; axis < rank(); axis++) {
      long mine = dimension(axis);
      long theirs = other.dimension(axis);
      if (mine != theirs && mine != UNKNOWN && theirs != UNKNOWN) {
        return false;
      }
    }
    return true;
  }

  /** The dimensions with the batch size in front, as arrays have them. */
  public long[] withBatch(long batchSize) {
    List<Long> all = new ArrayList<>(Collections.singletonList(batchSize));
    all.addAll(dimensions);
    return all.stream().mapToLong(Long::longValue).toArray();
  }

  /** The dimensions in parentheses, unknown ones as {@code ?}. */
  @Override
  public String toString() {
    return dimensions.stream()
        .map(d -> d == UNKNOWN ? "?" : Long.toString(d))
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
