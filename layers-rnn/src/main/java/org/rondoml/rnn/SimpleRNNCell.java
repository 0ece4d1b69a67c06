package org.rondoml.rnn;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
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
 * The cell of a {@link SimpleRNN}, for {@code RNN}:
 *
 * <pre>
 * z_t = x_t W + h_{t-1} U + b
 * h_t = activation(z_t)
 *
 * dz_t = dh_t * activation'(z_t)
 * </pre>
 *
 * <p>Parameters: {@code kernel} W (features, units), {@code recurrent_kernel} U (units, units),
 * {@code bias} b (units). State: h (units). Source: Keras {@code layers/rnn/simple_rnn.py}.
 */
public final class SimpleRNNCell implements FusedCell {
  private final Config config;

  /** The arguments of Keras' SimpleRNNCell. */
  @Description("Cell of a fully connected recurrent layer: h = activation(x W + h U + b).")
  @Example("SimpleRNNCell: {units: 64}")
  public record Config(
      @Positive @Description("Length of the output.") int units,
      @Default("tanh") @Description("What the sum goes through.") Activation activation,
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
      @KnownIn(value = Semantics.KERAS3, cure = "the model's seed, at the top of the file, decides")
          @Description("Seed of what is dropped, beside the model's.")
          @Nullable Long seed) {}

  /** A cell with these arguments. */
  public SimpleRNNCell(Config config) {
    this.config = config;
  }

  @Override
  public int units() {
    return config.units();
  }

  @Override
  public int gates() {
    return 1;
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
  public CellDropout dropout() {
    return new CellDropout(config.dropout(), config.recurrentDropout(), false, config.seed());
  }

  @Override
  public List<ParameterSpec> parameters(long features) {
    long u = config.units();
    List<ParameterSpec> specs = new ArrayList<>();
    specs.add(
        new ParameterSpec("kernel", Shape.of(features, u), config.kernelInitializer())
            .with(config.kernelRegularizer(), config.kernelConstraint()));
    specs.add(
        new ParameterSpec("recurrent_kernel", Shape.of(u, u), config.recurrentInitializer())
            .with(config.recurrentRegularizer(), config.recurrentConstraint()));
    if (config.useBias()) {
      specs.add(
          new ParameterSpec("bias", Shape.of(u), config.biasInitializer())
              .with(config.biasRegularizer(), config.biasConstraint()));
    }
    return specs;
  }

  @Override
  public FusedCell.Kernel kernel(LayerContext context, TimeLoop loop) {
    return new SimpleKernel(context, loop, config);
  }

  /** Brings the cell. */
  public static final class Provider implements RecurrentCell.Provider<Config> {
    @Override
    public String id() {
      return "SimpleRNNCell";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public RecurrentCell create(Config config, Semantics semantics) {
      return new SimpleRNNCell(config);
    }
  }

  private static final class SimpleKernel implements FusedCell.Kernel {
    private final TimeLoop loop;
    private final Activation activation;
    private final Vec z;
    private final Vec h;
    private final Vec dh;
    private final Vec dz;

    SimpleKernel(LayerContext context, TimeLoop loop, Config config) {
      this.loop = loop;
      this.activation = config.activation();
      int u = config.units();
      z = context.window("z", u);
      h = context.window("h", u);
      dh = context.window("dh", u);
      dz = context.vec("dz", u);
    }

    @Override
    public void forward(int t, int sample) {
      z.reads(loop.gates(), loop.gatesAt(t, sample));
      h.writes(loop.state(0), loop.after(0, t, sample));
      activation.forward(z, h);
      h.done();
    }

    @Override
    public void backward(int t, int sample, BackwardLoop gradients) {
      z.updates(loop.gates(), loop.gatesAt(t, sample));
      h.reads(loop.state(0), loop.after(0, t, sample));
      dh.reads(gradients.stateGradient(0), gradients.gradientAt(sample));
      if (activation.gradientNeedsInput()) {
        activation.backward(z, h, dh, dz);
        z.copy(dz).done();
      } else {
        activation.backward(h, h, dh, z); // z is not read
        z.done();
      }
    }
  }
}
