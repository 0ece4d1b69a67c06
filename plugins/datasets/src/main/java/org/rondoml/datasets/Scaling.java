package org.rondoml.datasets;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
import org.rondoml.api.Precision;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.Padding;

/**
 * Means and standard deviations along an array's last axis; those of the numbers themselves where
 * an array has but one axis.
 *
 * @param means the means, one for each entry of the last axis
 * @param deviations the standard deviations, 1 where all numbers are the same
 */
record Scaling(List<Double> means, List<Double> deviations) {
  Scaling {
    means = List.copyOf(means);
    deviations = List.copyOf(deviations);
  }

  /**
   * The scaling of an array, in two passes: the second sums what is left without the mean.
   *
   * @param padding the padding of the data that the array is of, from which nothing is learned, or
   *     null
   */
  static Scaling of(INDArray x, @Nullable Padding padding) {
    int width = width(x);
    LongPredicate padded = Elements.padding(padding, x);
    double[] sums = new double[width];
    long[] counts = new long[width];
    Elements.visit(
        x,
        (value, at) -> {
          if (!padded.test(at)) {
            sums[(int) (at % width)] += value;
            counts[(int) (at % width)]++;
          }
        });
    double rows = counts[0];
    double[] squares = new double[width];
    Elements.visit(
        x,
        (value, at) -> {
          if (!padded.test(at)) {
            int entry = (int) (at % width);
            double off = value - sums[entry] / rows;
            squares[entry] += off * off;
          }
        });
    List<Double> means = new ArrayList<>();
    List<Double> deviations = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      double mean = sums[i] / rows;
      double deviation = Math.sqrt(squares[i] / rows);
      means.add(mean);
      // Rounding leaves a little even where all numbers are the same.
      deviations.add(deviation > 1e-12 * Math.abs(mean) ? deviation : 1.0);
    }
    return new Scaling(means, deviations);
  }

  private static int width(INDArray x) {
    return x.rank() < 2 ? 1 : Math.toIntExact(x.size(x.rank() - 1));
  }

  /**
   * (x - mean) / deviation, but for padding.
   *
   * @param data the data that the array is of
   */
  INDArray apply(INDArray x, Dataset data, Precision precision) {
    requireWidth(x, data.origin());
    double[] mean = array(means);
    double[] deviation = array(deviations);
    int width = mean.length;
    return Elements.change(
        x,
        data.padding(),
        precision,
        data.origin(),
        (value, at) -> (value - mean[(int) (at % width)]) / deviation[(int) (at % width)]);
  }

  /** x · deviation + mean. */
  INDArray undo(INDArray x, String origin) {
    requireWidth(x, origin);
    double[] mean = array(means);
    double[] deviation = array(deviations);
    int width = mean.length;
    return Elements.change(
        x,
        x.dataType() == DataType.DOUBLE ? Precision.FLOAT64 : Precision.FLOAT32,
        origin,
        (value, at) -> value * deviation[(int) (at % width)] + mean[(int) (at % width)]);
  }

  private void requireWidth(INDArray x, String origin) {
    int width = width(x);
    if (means.size() != 1 && width != means.size()) {
      throw new DataException(
          origin
              + ": standardize: found "
              + width
              + " numbers along the last axis, but the training data has "
              + means.size());
    }
  }

  private static double[] array(List<Double> list) {
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
