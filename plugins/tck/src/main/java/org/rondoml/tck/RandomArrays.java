package org.rondoml.tck;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.Shape;
import org.rondoml.core.random.RandomStream;

/** Arrays of random numbers that are the same at every run. */
final class RandomArrays {
  private RandomArrays() {}

  /** An array of the shape with a batch axis, normal with standard deviation 1. */
  static INDArray normal(Shape shape, int batchSize, Precision precision, RandomStream random) {
    INDArray array = Nd4j.create(precision.dataType(), shape.withBatch(batchSize));
    fill(array, 1, random);
    return array;
  }

  /** An array for each shape. */
  static List<INDArray> normal(
      List<Shape> shapes, int batchSize, Precision precision, RandomStream random) {
    return shapes.stream().map(shape -> normal(shape, batchSize, precision, random)).toList();
  }

  /** Fills an array with normal numbers, row-major. */
  static void fill(INDArray array, double stddev, RandomStream random) {
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, stddev * random.nextGaussian());
    }
  }
}
