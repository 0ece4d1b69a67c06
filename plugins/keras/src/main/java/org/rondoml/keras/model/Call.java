package org.rondoml.keras.model;

import java.util.List;
import org.rondoml.core.config.Node;
import org.rondoml.core.config.Place;

/**
 * A call of a layer in Keras' graph.
 *
 * @param sources the outputs of other calls that it takes in, in order
 * @param arguments what else the call is told and Rondo's layer has as a key
 * @param place where it stands
 */
record Call(List<Tensor> sources, List<Node.Entry> arguments, Place place) {
  /** Copies the lists. */
  Call {
    sources = List.copyOf(sources);
    arguments = List.copyOf(arguments);
  }

  /**
   * An output of a call.
   *
   * @param layer the layer's name
   * @param call which of the layer's calls
   * @param output which of the call's outputs
   */
  record Tensor(String layer, int call, int output) {}
}
