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

  /** Whether a bias is added to the pre-activations. */
  boolean hasBias();

  /**
   * The parameters for inputs with a number of features: {@code kernel} of shape (features, gates *
   * units), {@code recurrent_kernel} of shape (units, gates * units), and {@code bias} of shape
   * (gates * units) if there is one.
   */
  List<ParameterSpec> parameters(long features);

  /** The arithmetic of a step, with vectors of its own, for the loop of one layer and shard. */
  Kernel kernel(LayerContext context, TimeLoop loop);

  /** The arithmetic of a step, a sample at a time. */
  interface Kernel {
    /**
     * Makes the states after a step from the states before it and the pre-activations x W + h U +
     * b.
     */
    void forward(int step, int sample);

    /**
     * Goes back through a step: reads the gradients of the states after it, writes those of the
     * pre-activations over the gates, and those of the states before it except h, which the loop
     * computes.
     *
     * @param gradients has the gradients of the states
     */
    void backward(int step, int sample, BackwardLoop gradients);
  }
}
