package org.rondoml.standard.metrics;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.OneOrMany;

/** What is counted at given thresholds: a figure for each, where there are several. */
abstract class AtThresholds extends Confusion {
  private final int count;

  /**
   * A metric.
   *
   * @param thresholds the key; null for the one by default
   * @param otherwise the threshold by default
   */
  AtThresholds(
      @Nullable String given,
      String automatic,
      Semantics semantics,
      @Nullable OneOrMany<Double> thresholds,
      double otherwise,
      Selection selection) {
    super(given, automatic, semantics, Thresholds.of(thresholds, otherwise), selection);
    count = thresholds == null ? 1 : thresholds.values().size();
  }

  /** The figure at a threshold. */
  abstract double result(Counts counts, int threshold);

  @Override
  final double result(Counts counts) {
    return Arrays.stream(results(counts)).average().orElseThrow();
  }

  @Override
  final double[] results(Counts counts) {
    return IntStream.range(0, count).mapToDouble(i -> result(counts, i)).toArray();
  }

  @Override
  public final OptionalInt figures(Shape output) {
    return count == 1 ? OptionalInt.empty() : OptionalInt.of(count);
  }
}
