package org.rondoml.lstm;

import jakarta.validation.constraints.Pattern;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Unwrapped;
import org.rondoml.rnn.RecurrentLayer;
import org.rondoml.rnn.SequenceConfig;

/**
 * Long short-term memory (Hochreiter and Schmidhuber, 1997, with the forget gate of Gers,
 * Schmidhuber and Cummins, 2000; Keras {@code layers/rnn/lstm.py}):
 *
 * <pre>
 * z_i, z_f, z_c, z_o = x_t W + h_{t-1} U + b
 * i = recurrent_activation(z_i)          input gate
 * f = recurrent_activation(z_f)          forget gate
 * g = activation(z_c)                    candidate
 * o = recurrent_activation(z_o)          output gate
 * c_t = f * c_{t-1} + i * g              cell state
 * h_t = o * activation(c_t)
 * </pre>
 *
 * <p>Parameters: {@code kernel} W (features, 4 units), {@code recurrent_kernel} U (units, 4 units),
 * {@code bias} b (4 units), each with its blocks in the order i, f, c, o. States: h and c, each
 * (units). The code of a step is in {@link LstmKernel}.
 */
public final class LSTM extends RecurrentLayer {

  /**
   * The arguments of Keras' LSTM.
   *
   * @param cell those of its cell
   * @param sequence those of all recurrent layers
   * @param useCudnn accepted without effect
   */
  @Description(
      "Long short-term memory: gates decide what a cell state forgets, takes in and shows.")
  @Example("LSTM: {units: 64, return_sequences: true}")
  public record Config(
      @Unwrapped(tf1 = "recurrent_activation: hard_sigmoid") LSTMCell.Config cell,
      @Unwrapped SequenceConfig sequence,
      @Default("auto")
          @Pattern(regexp = "auto|true|false", message = "expected auto, true or false")
          @KnownIn(value = Semantics.KERAS3, cure = "leave it out: it has no effect here")
          @Description("Accepted for Keras' sake: there is no cuDNN here.")
          String useCudnn) {}

  /** A layer with these arguments. */
  public LSTM(Config config, Semantics semantics) {
    super(new LSTMCell(config.cell()), config.sequence(), semantics);
  }

  /** Brings the layer. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "LSTM";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new LSTM(config, semantics);
    }
  }
}
