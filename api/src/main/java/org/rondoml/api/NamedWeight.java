package org.rondoml.api;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One weight of a model.
 *
 * @param layer the layer's name, {@code lstm_1}
 * @param group where Keras' files keep it below the layer: {@code cell} for a recurrent layer's,
 *     else empty
 * @param name {@code kernel}, {@code bias}, ...
 * @param value the weight itself, of the parameter's shape, in the model's precision
 */
public record NamedWeight(String layer, String group, String name, INDArray value) {

  /** {@code lstm_1/cell/kernel}, {@code dense/bias}. */
  public String path() {
    return group.isEmpty() ? layer + "/" + name : layer + "/" + group + "/" + name;
  }
}
