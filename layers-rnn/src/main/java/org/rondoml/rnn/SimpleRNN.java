package org.rondoml.rnn;

import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Unwrapped;

/**
 * A fully connected recurrent layer whose output is fed back to its input (Elman, "Finding
 * structure in time", 1990; Keras {@code layers/rnn/simple_rnn.py}):
 *
 * <pre>
 * h_t = activation(x_t W + h_{t-1} U + b)
 * </pre>
 *
 * <p>Parameters: {@code kernel} W (features, units), {@code recurrent_kernel} U (units, units),
 * {@code bias} b (units). State: h (units). The code of a step is in {@link SimpleRNNCell}.
 *
 * <p>Keras 3 takes an {@code activity_regularizer} and forgets it (its constructor does not hand it
 * on, as those of LSTM and GRU do); so it has no effect in keras3, and the effect it says in tf1
 * and tf2.
 */
public final class SimpleRNN extends RecurrentLayer {

  /**
   * The arguments of Keras' SimpleRNN.
   *
   * @param cell those of its cell
   * @param sequence those of all recurrent layers
   */
  @Description("Fully connected recurrent layer: h = activation(x W + h U + b).")
  @Example("SimpleRNN: {units: 64}")
  public record Config(@Unwrapped SimpleRNNCell.Config cell, @Unwrapped SequenceConfig sequence) {}

  /** A layer with these arguments. */
  public SimpleRNN(Config config, Semantics semantics) {
    super(
        new SimpleRNNCell(config.cell()),
        semantics == Semantics.KERAS3
            ? config.sequence().withoutActivityRegularizer()
            : config.sequence(),
        semantics);
  }

  /** Brings the layer. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "SimpleRNN";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new SimpleRNN(config, semantics);
    }
  }
}
