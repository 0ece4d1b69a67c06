package org.rondoml.rnn;

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

/**
 * The cell of a {@link GRU}, for {@code RNN}. With reset_after:
 *
 * <pre>
 * x_z, x_r, x_h = x_t W + b[0]
 * r_z, r_r, r_h = h_{t-1} U + b[1]
 * z  = recurrent_activation(x_z + r_z)       update gate
 * r  = recurrent_activation(x_r + r_r)       reset gate
 * hh = activation(x_h + r * r_h)             candidate
 * h_t = z * h_{t-1} + (1 - z) * hh
 * </pre>
 *
 * <p>and without it, as the paper has it:
 *
 * <pre>
 * hh = activation(x_h + (r * h_{t-1}) U_h)
 * </pre>
 *
 * <p>In tf1 the cell has tf_keras' defaults, unlike the layer GRU, which has those of TF 1.
 *
 * <p>Parameters: {@code kernel} W (features, 3 units), {@code recurrent_kernel} U (units, 3 units),
 * {@code bias} b (2, 3 units), or (3 units) without reset_after, each with its blocks in the order
 * z, r, h. State: h (units). Source: Keras {@code layers/rnn/gru.py}; the arithmetic is in {@link
 * GruResetAfter} and {@link GruResetFirst}.
 */
public final class GRUCell implements FusedCell {
  private final Config config;

  /** The arguments of Keras' GRUCell. */
  @Description("Cell of a gated recurrent unit: gates decide what the output keeps and takes in.")
  @Example("GRUCell: {units: 64}")
  public record Config(
      @Positive @Description("Length of the output.") int units,
      @Default("tanh") @Description("What the candidate goes through.") Activation activation,
      @Default("sigmoid") @Description("What the gates go through.") Activation recurrentActivation,
      @Default("true") @Description("Whether there is a bias.") boolean useBias,
      @Default("glorot_uniform") @Description("First values of kernel.")
          Initializer kernelInitializer,
      @Default("orthogonal") @Description("First values of recurrent_kernel.")
          Initializer recurrentInitializer,
      @Default("zeros") @Description("First values of bias.") Initializer biasInitializer,
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
      @Default("true") @Description("Whether r is applied after U is multiplied, or before.")
          boolean resetAfter,
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
  public GRUCell(Config config) {
    this.config = config;
  }

  @Override
  public int units() {
    return config.units();
  }

  @Override
  public int gates() {
    return 3;
  }

  @Override
  public int states() {
    return 1;
  }

  @Override
  public boolean hasBias() {
    return config.useBias();
  }

  @Override
  public boolean carriesOutput() {
    return true;
  }

  @Override
  public int savedWidth() {
    return 4 * config.units();
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
        new ParameterSpec("kernel", Shape.of(features, 3 * u), config.kernelInitializer())
            .with(config.kernelRegularizer(), config.kernelConstraint()));
    specs.add(
        new ParameterSpec("recurrent_kernel", Shape.of(u, 3 * u), config.recurrentInitializer())
            .with(config.recurrentRegularizer(), config.recurrentConstraint()));
    if (config.useBias()) {
      Shape shape = config.resetAfter() ? Shape.of(2, 3 * u) : Shape.of(3 * u);
      specs.add(
          new ParameterSpec("bias", shape, config.biasInitializer())
              .with(config.biasRegularizer(), config.biasConstraint()));
    }
    return specs;
  }

  @Override
  public List<Stage> stages(LayerContext context, TimeLoop loop) {
    if (!config.resetAfter()) {
      return new GruResetFirst(context, loop, config).stages();
    }
    return List.of(new GruResetAfter(context, loop, config).stage());
  }

  @Override
  public Kernel kernel(LayerContext context, TimeLoop loop) {
    throw new IllegalStateException("the stages have kernels of their own");
  }

  /** Brings the cell. */
  public static final class Provider implements RecurrentCell.Provider<Config> {
    @Override
    public String id() {
      return "GRUCell";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public RecurrentCell create(Config config, Semantics semantics) {
      return new GRUCell(config);
    }
  }
}
