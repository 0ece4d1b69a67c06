package org.rondoml.rnn;

/**
 * A product with the recurrent kernel at every step: what it brings to the pre-activations, and its
 * way back.
 */
public interface RecurrentTerm {
  /** Prepares for a sequence; draws what is dropped. */
  default void begin() {}

  /** Computes the product of a step, for all samples. */
  void forward(int step);

  /**
   * Computes the product of step 0 where the states before it are zeros: mostly that there is
   * nothing to add. Keras multiplies them.
   */
  default void forwardFromZeros() {
    forward(0);
  }

  /**
   * Goes back through the product: adds to the gradient of what it multiplied, from that of what it
   * gave.
   */
  void backward(int step);

  /**
   * Goes back through step 0 after {@link #forwardFromZeros}: nobody asks for the gradient of the
   * zeros.
   */
  default void backwardToZeros() {
    backward(0);
  }

  /** Sets the gradient of what it gave to zero, for a step that is masked. */
  void clear(int step, int sample);

  /** Adds to the gradients of the parameters, when all steps are through. */
  void addGradients();

  /** The parts into which threads can share the product of a step; 0 where they can't. */
  default int parts() {
    return 0;
  }

  /** Computes some parts of the product of a step. */
  default void forward(int step, int fromPart, int toPart) {
    throw new IllegalStateException("has no parts");
  }
}
