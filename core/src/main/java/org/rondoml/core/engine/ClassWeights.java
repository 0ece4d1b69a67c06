package org.rondoml.core.engine;

import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;

/**
 * Weights by class: {@code class_weight} of Keras' {@code fit}. The class of a sample is the place
 * of the largest number along the targets' last axis, or where that has size 1 or there is none,
 * the number itself.
 *
 * <p>A class without a weight counts 1 in keras3; tf1 and tf2 want a weight for each of the classes
 * 0 to n - 1, and keep it in single precision. There a sequence of class numbers has one class a
 * sample as well, and sequences of one-hot rows a class a step, which Keras 3 refuses.
 *
 * <p>Source: {@code class_weight_to_sample_weights} in {@code
 * keras/src/trainers/data_adapters/data_adapter_utils.py}, {@code _make_class_weight_map_fn} in
 * {@code tf_keras/src/engine/data_adapter.py}.
 */
final class ClassWeights {
  private ClassWeights() {}

  /**
   * The weights of samples.
   *
   * @param targets of shape (samples, ...)
   * @throws DataException where a target has no class, or its class no weight
   */
  static SampleWeights of(
      INDArray targets, Map<Integer, Double> byClass, Semantics semantics, String origin) {
    long[] all = targets.shape();
    int rank = all.length;
    int last = rank == 1 ? 1 : (int) all[rank - 1];
    Shape shape = rank == 1 ? Shape.of() : Shape.of(Arrays.copyOfRange(all, 1, rank - 1));
    if (shape.rank() > 0 && semantics == Semantics.KERAS3) {
      throw new DataException(
          origin
              + ": class_weight needs one class a sample, but a sample's target has the shape "
              + shape.append(last)
              + ": give weights to the steps by sample_weight instead");
    }
    double[] values = targets.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    double[] weights = new double[values.length / last];
    for (int i = 0; i < weights.length; i++) {
      int number = last == 1 ? (int) Math.rint(values[i]) : largest(values, i * last, last);
      weights[i] = weight(number, byClass, semantics, origin);
    }
    return SampleWeights.ofClasses(shape, weights);
  }

  private static int largest(double[] values, int from, int count) {
    int best = 0;
    for (int k = 1; k < count; k++) {
      if (values[from + k] > values[from + best]) {
        best = k;
      }
    }
    return best;
  }

  private static double weight(
      int number, Map<Integer, Double> byClass, Semantics semantics, String origin) {
    Double weight = byClass.get(number);
    if (semantics == Semantics.KERAS3) {
      return weight == null ? 1 : weight;
    }
    if (weight == null) {
      throw new DataException(
          origin
              + ": class "
              + number
              + " has no weight: class_weight needs one for each class in the data");
    }
    return weight.floatValue();
  }
}
