package org.rondoml.core.engine;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;

/** How much samples count, or their steps. */
final class SampleWeights {
  private static final String SAMPLES = "sample_weight";
  private static final String CLASSES = "class_weight";

  private final String key;
  private final Shape shape;
  private final int positions;
  private final double[] values;

  /**
   * Weights.
   *
   * @param key what they are called in a model file, for messages
   * @param shape the shape of a sample's weights: () for one number
   * @param values sample by sample
   */
  private SampleWeights(String key, Shape shape, double[] values) {
    this.key = key;
    this.shape = shape;
    this.positions = Math.toIntExact(shape.size());
    this.values = values;
  }

  /** The weights that an array of shape (samples, ...) holds, in the model's precision. */
  static SampleWeights of(INDArray array, Precision precision) {
    long[] all = array.shape();
    return new SampleWeights(
        SAMPLES,
        Shape.of(Arrays.copyOfRange(all, 1, all.length)),
        array.castTo(precision.dataType()).dup('c').data().asDouble());
  }

  /** Weights of a shape that come of the samples' classes. */
  static SampleWeights ofClasses(Shape shape, double[] values) {
    return new SampleWeights(CLASSES, shape, values);
  }

  /** The shape of a sample's weights. */
  Shape shape() {
    return shape;
  }

  /** The numbers that a sample has. */
  int positions() {
    return positions;
  }

  /**
   * The weight of a row of a sample.
   *
   * @param rows the rows of a sample; consecutive ones share a weight where there are more of them
   */
  double of(int sample, int row, int rows) {
    return values[sample * positions + (int) ((long) row * positions / rows)];
  }

  /** These weights times others of the same samples, which have at least as many positions. */
  SampleWeights times(SampleWeights finer) {
    double[] product = finer.values.clone();
    for (int i = 0; i < product.length; i++) {
      product[i] *= of(i / finer.positions, i % finer.positions, finer.positions);
    }
    return new SampleWeights(key, finer.shape, product);
  }

  /** The weights of some samples. */
  SampleWeights gathered(int[] order) {
    double[] some = new double[order.length * positions];
    for (int i = 0; i < order.length; i++) {
      System.arraycopy(values, order[i] * positions, some, i * positions, positions);
    }
    return new SampleWeights(key, shape, some);
  }

  /**
   * Checks that there is a weight for each of an output's losses.
   *
   * @param losses the shape of a sample's losses: () for one, (steps) for one a step
   * @throws DataException where there isn't
   */
  void require(Shape losses, String output, Semantics semantics, String origin) {
    if (fits(losses, semantics)) {
      return;
    }
    throw new DataException(
        origin
            + ": "
            + key
            + (key.equals(CLASSES) ? " gives " : " has ")
            + number(shape)
            + " a sample, but the loss of output '"
            + output
            + "' has "
            + number(losses)
            + " a sample: expected "
            + (key.equals(CLASSES) ? "sample_weight of" : "the")
            + " shape "
            + expected(losses, semantics));
  }

  private static String number(Shape shape) {
    return shape.rank() == 0 ? "one number" : "numbers of shape " + shape;
  }

  private static String expected(Shape losses, Semantics semantics) {
    if (losses.rank() == 0) {
      return "(samples)";
    }
    String each = losses.toString().substring(1);
    String one =
        semantics == Semantics.KERAS3
            ? "(samples" + ", 1".repeat(losses.rank()) + ")"
            : losses.rank() == 1 ? "(samples)" : "(samples" + ", 1".repeat(losses.rank()) + ")";
    return "(samples, " + each + ", or " + one + " for one weight a sample";
  }

  private boolean fits(Shape losses, Semantics semantics) {
    Shape own = shape;
    Shape other = losses;
    if (own.rank() == other.rank() + 1 && own.dimension(-1) == 1) {
      own = own.withoutLast();
    } else if (other.rank() == own.rank() + 1
        && (other.dimension(-1) == 1 || semantics != Semantics.KERAS3)) {
      other = other.withoutLast();
    }
    if (own.rank() != other.rank()) {
      return false;
    }
    boolean ones = false;
    for (int axis = 0; axis < own.rank(); axis++) {
      ones |= own.dimension(axis) != other.dimension(axis);
      if (ones && own.dimension(axis) != 1) {
        return false;
      }
    }
    return true;
  }
}
