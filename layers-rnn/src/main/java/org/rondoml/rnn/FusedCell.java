package org.rondoml.rnn;

import java.util.List;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.ParameterSpec;

/**
 * What distinguishes one recurrent layer from another: how a time step makes new states from the
 * pre-activations of its gates. The {@link TimeLoop} does the rest: the products, the order of
 * steps, initial states, masks, dropout, gradients of the kernels.
 */
public interface FusedCell extends RecurrentCell {
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

  /**
   * The numbers that a sample and step keeps for the way back besides its states: its gates, and
   * what a term keeps apart from them.
   */
  default int savedWidth() {
    return gates() * units();
  }

  /** What is dropped in training. */
  default CellDropout dropout() {
    return CellDropout.NONE;
  }

  /**
   * Whether h after a step depends on h before it not only through the recurrent kernel. Then
   * {@link Kernel#backward} leaves that part of its gradient in the memory of h's gradient.
   */
  default boolean carriesOutput() {
    return false;
  }

  /**
   * What a step does, in order: a product and the arithmetic after it. Mostly there is one stage: h
   * U is added to the pre-activations, and the {@link #kernel} makes the states of them.
   */
  default List<Stage> stages(LayerContext context, TimeLoop loop) {
    return List.of(new Stage(loop.addedTerm(), kernel(context, loop)));
  }

  @Override
  default List<Place> places() {
    return List.of(new Place("", this, true));
  }

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

  /**
   * A part of a step.
   *
   * @param term the product it begins with, for all samples
   * @param kernel the arithmetic after it, a sample at a time
   */
  record Stage(RecurrentTerm term, Kernel kernel) {}
}
