package org.rondoml.rnn;

import java.util.List;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.ParameterSpec;

/**
 * What distinguishes one recurrent layer from another: how a time step makes new states from the
 * pre-activations of its gates. The {@link TimeLoop} does the rest: the products, the order of
 * steps, initial states, gradients of the kernels.
 */
public interface FusedCell {
  /** The length of a state. */
  int units();

  /**
   * The number of gates: the pre-activations of a sample are that many blocks of {@link #units} in
   * a row.
   */
  int gates();

  /** The number of states; the first is the output h, which the recurrent kernel multiplies. */
  int states();

  /**
   * The parameters for inputs with a number of features: {@code kernel} of shape (features, gates *
   * units), {@code recurrent_kernel} of shape (units, gates * units), and what else the cell has.
   */
  List<ParameterSpec> parameters(long features);

  /** The arithmetic of a step, with vectors of its own, for the loop of one layer and shard. */
  Kernel kernel(LayerContext context, TimeLoop loop);

  /** The arithmetic of a step, a sample at a time. */
  interface Kernel {
    /** Called before the first step of a forward pass: parameters may have changed. */
    void beginForward();

    /**
     * Makes the states after a step from the states before it and the pre-activations x W + h U.
     */
    void forward(int step, int sample);

    /** Called before the last step's backward. */
    void beginBackward();

    /**
     * Goes back through a step: reads the gradients of the states after it, writes those of the
     * pre-activations over the gates, and those of the states before it except h, which the loop
     * computes.
     */
    void backward(int step, int sample);

    /**
     * Called after the first step's backward: adds the gradients of parameters of the cell's own,
     * such as the bias.
     */
    void endBackward();
  }
}
