package org.rondoml.core.engine;

import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Reduction;
import org.rondoml.core.spi.Scope;

/**
 * How the losses of rows add up to that of a batch: each times its weight, divided by
 *
 * <pre>
 * sum_over_batch_size       the number of rows, without those that are masked or ignored
 * sum                       1
 * mean_with_sample_weight   the sum of the weights
 * </pre>
 *
 * <p>Where no row counts, Keras 3 has a loss of 0, and the others one that is not a number. A loss
 * of the whole batch is a single number, which becomes one for each sample only by their weights.
 *
 * @param valueDivisor what the sum of values is divided by
 * @param gradientDivisor what each row's gradient is divided by
 * @param byRow whether rows have weights of their own
 */
record Weighing(double valueDivisor, double gradientDivisor, boolean byRow) {
  /** Whether the sum of the weights must be known. */
  static boolean needsTotal(Reduction reduction, Scope scope) {
    return scope == Scope.BATCH || reduction == Reduction.MEAN_WITH_SAMPLE_WEIGHT;
  }

  /**
   * The weighing of rows.
   *
   * @param rows the rows of the batch
   * @param counted those that are neither masked nor ignored; null where that is not asked
   * @param total the sum of their weights; null where they have none
   */
  static Weighing ofRows(
      Reduction reduction,
      Semantics semantics,
      double rows,
      @Nullable Double counted,
      @Nullable Double total) {
    double divisor =
        switch (reduction) {
          case SUM -> 1;
          case MEAN_WITH_SAMPLE_WEIGHT -> total != null ? total : counted != null ? counted : rows;
          case AUTO, SUM_OVER_BATCH_SIZE, MEAN, NONE -> counted != null ? counted : rows;
        };
    double safe = divisor == 0 && semantics == Semantics.KERAS3 ? 1 : divisor;
    return new Weighing(safe, safe, true);
  }

  /**
   * The weighing of a loss of the whole batch.
   *
   * @param samples the samples of the batch
   * @param total the sum of their weights; null where they have none
   */
  static Weighing ofBatch(Reduction reduction, double samples, @Nullable Double total) {
    double factor = 1;
    if (total != null) {
      factor =
          switch (reduction) {
            case SUM -> total;
            case MEAN_WITH_SAMPLE_WEIGHT -> total == 0 ? 0 : 1;
            case AUTO, SUM_OVER_BATCH_SIZE, MEAN, NONE -> total / samples;
          };
    }
    return new Weighing(samples / factor, 1 / factor, false);
  }
}
