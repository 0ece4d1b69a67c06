package org.rondoml.lstm;

import jakarta.validation.constraints.Positive;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Initializer;
import org.rondoml.core.spi.Layer;
import org.rondoml.rnn.RecurrentLayer;

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
 * (units).
 */
public final class LSTM extends RecurrentLayer {

  /** The arguments of Keras' LSTM. */
  @Description(
      "Long short-term memory: gates decide what a cell state forgets, takes in and shows.")
  public record Config(
      @Positive @Description("Length of the output and of the cell state.") int units,
      @Default("tanh") @Description("What the candidate and the cell state go through.")
          Activation activation,
      @Default(value = "sigmoid", tf1 = "hard_sigmoid") @Description("What the gates go through.")
          Activation recurrentActivation,
      @Default("true") @Description("Whether there is a bias.") boolean useBias,
      @Default("glorot_uniform") @Description("First values of kernel.")
          Initializer kernelInitializer,
      @Default("orthogonal") @Description("First values of recurrent_kernel.")
          Initializer recurrentInitializer,
      @Default("zeros") @Description("First values of bias.") Initializer biasInitializer,
      @Default("true") @Description("Whether the forget gate's bias starts at 1.")
          boolean unitForgetBias,
      @Default("false") @Description("Whether every step's output is given, or the last one's.")
          boolean returnSequences,
      @Default("false") @Description("Whether the last states h and c are outputs too.")
          boolean returnState,
      @Default("false") @Description("Whether the sequence is read from its end.")
          boolean goBackwards,
      @Default("false")
          @Description("Accepted for Keras' sake: Rondo's loop is the same either way.")
          boolean unroll) {}

  /** A layer with these arguments. */
  public LSTM(Config config) {
    super(
        new LstmCell(config), config.returnSequences(), config.returnState(), config.goBackwards());
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
      return new LSTM(config);
    }
  }
}
