package org.rondoml.rnn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.compute.Memory;

/** What the inputs bring to the pre-activations: Z = X W + b. */
interface InputTerm {
  /**
   * Takes in a sequence.
   *
   * @param sequence of shape (batch, time, features)
   */
  void begin(INDArray sequence);

  /** Computes the pre-activations of a step, if they are not there yet. */
  void forward(int step);

  /** Goes back through a step, where that is not done for all steps at once. */
  default void backward(int step) {}

  /** Adds to the gradient of the kernel, when all steps are through. */
  void addGradients();

  /** The gradient of the inputs, (time, batch, features) in the order of the loop. */
  Memory gradient();
}
