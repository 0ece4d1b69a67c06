package org.rondoml.lstm;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Constraint;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Initializer;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.Regularizer;
import org.rondoml.rnn.CellDropout;
import org.rondoml.rnn.FusedCell;
import org.rondoml.rnn.RecurrentCell;
import org.rondoml.rnn.TimeLoop;

/**
 * The cell of an {@link LSTM}, for {@code RNN}:
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
 * <p>In tf1 the cell has tf_keras' defaults, unlike the layer LSTM, which has those of TF 1.
 *
 * <p>Parameters: {@code kernel} W (features, 4 units), {@code recurrent_kernel} U (units, 4 units),
 * {@code bias} b (4 units), each with its blocks in the order i, f, c, o. States: h and c, each
 * (units). Source: Keras {@code layers/rnn/lstm.py}; the arithmetic is in {@link LstmKernel}.
 */
public final class LSTMCell implements FusedCell {
  private final Config config;

  /** The arguments of Keras' LSTMCell. */
  @Description("Cell of long short-term memory: gates decide what a cell state forgets and shows.")
  @Example("LSTMCell: {units: 64}")
  public record Config(
      @Positive @Description("Length of the output and of the cell state.") int units,
      @Default("tanh") @Description("What the candidate and the cell state go through.")
          Activation activation,
      @Default("sigmoid") @Description("What the gates go through.") Activation recurrentActivation,
      @Default("true") @Description("Whether there is a bias.") boolean useBias,
      @Default("glorot_uniform") @Description("First values of kernel.")
          Initializer kernelInitializer,
      @Default("orthogonal") @Description("First values of recurrent_kernel.")
          Initializer recurrentInitializer,
      @Default("zeros") @Description("First values of bias.") Initializer biasInitializer,
      @Default("true") @Description("Whether the forget gate's bias starts at 1.")
          boolean unitForgetBias,
      @Description("Penalty on kernel.") @Nullable Regularizer kernelRegularizer,
      @Description("Penalty on recurrent_kernel.") @Nullable Regularizer recurrentRegularizer,
      @Description("Penalty on bias.") @Nullable Regularizer biasRegularizer,
      @Description("What kernel is brought back to.") @Nullable Constraint kernelConstraint,
      @Description("What recurrent_kernel is brought back to.")
          @Nullable Constraint recurrentConstraint,
      @Description("What bias is brought back to.") @Nullable Constraint biasConstraint,
      @Default("0.0")
          @DecimalMin("0")
          @DecimalMax(value = "1", inclusive = false)
          @Description("Share of the inputs that is dropped, the same at every step.")
          double dropout,
      @Default("0.0")
          @DecimalMin("0")
          @DecimalMax(value = "1", inclusive = false)
          @Description("Share of h that is dropped before U, the same at every step.")
          double recurrentDropout,
      @KnownIn(value = Semantics.KERAS3, cure = "the model's seed, at the top of the file, decides")
          @Description("Seed of what is dropped, beside the model's.")
          @Nullable Long seed,
      @Default("2")
          @Min(1)
          @Max(2)
          @Description(
              "1: each gate drops on its own; 2: all gates drop the same inputs, unless"
                  + " recurrent_dropout asks for 1.")
          int implementation) {}

  /** A cell with these arguments. */
  public LSTMCell(Config config) {
    this.config = config;
  }

  @Override
  public int units() {
    return config.units();
  }

  @Override
  public int gates() {
    return 4;
  }

  @Override
  public int states() {
    return 2;
  }

  @Override
  public boolean hasBias() {
    return config.useBias();
  }

  @Override
  public CellDropout dropout() {
    return CellDropout.ofGates(
        config.dropout(), config.recurrentDropout(), config.implementation(), config.seed());
  }

  @Override
  public List<ParameterSpec> parameters(long features) {
    long u = config.units();
    List<ParameterSpec> specs = new ArrayList<>();
    specs.add(
        new ParameterSpec("kernel", Shape.of(features, 4 * u), config.kernelInitializer())
            .with(config.kernelRegularizer(), config.kernelConstraint()));
    specs.add(
        new ParameterSpec("recurrent_kernel", Shape.of(u, 4 * u), config.recurrentInitializer())
            .with(config.recurrentRegularizer(), config.recurrentConstraint()));
    if (config.useBias()) {
      Initializer bias =
          config.unitForgetBias()
              ? new OpenForgetGate(config.biasInitializer(), config.units())
              : config.biasInitializer();
      specs.add(
          new ParameterSpec("bias", Shape.of(4 * u), bias)
              .with(config.biasRegularizer(), config.biasConstraint()));
    }
    return specs;
  }

  @Override
  public Kernel kernel(LayerContext context, TimeLoop loop) {
    return new LstmKernel(context, loop, config);
  }

  /** Brings the cell. */
  public static final class Provider implements RecurrentCell.Provider<Config> {
    @Override
    public String id() {
      return "LSTMCell";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public RecurrentCell create(Config config, Semantics semantics) {
      return new LSTMCell(config);
    }
  }
}
