package org.rondoml.rnn;

import jakarta.validation.constraints.Positive;
import java.util.ArrayList;
import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Initializer;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.ParameterSpec;

/**
 * A fully connected recurrent layer whose output is fed back to its input (Elman, "Finding
 * structure in time", 1990; Keras {@code layers/rnn/simple_rnn.py}):
 *
 * <pre>
 * h_t = activation(x_t W + h_{t-1} U + b)
 * </pre>
 *
 * <p>Parameters: {@code kernel} W (features, units), {@code recurrent_kernel} U (units, units),
 * {@code bias} b (units).
 */
public final class SimpleRNN extends RecurrentLayer {

  /** The arguments of Keras' SimpleRNN. */
  @Description("Fully connected recurrent layer: h = activation(x W + h U + b).")
  public record Config(
      @Positive @Description("Length of the output.") int units,
      @Default("tanh") @Description("What the sum goes through.") Activation activation,
      @Default("true") @Description("Whether there is a bias.") boolean useBias,
      @Default("glorot_uniform") @Description("First values of kernel.")
          Initializer kernelInitializer,
      @Default("orthogonal") @Description("First values of recurrent_kernel.")
          Initializer recurrentInitializer,
      @Default("zeros") @Description("First values of bias.") Initializer biasInitializer,
      @Default("false") @Description("Whether every step's output is given, or the last one's.")
          boolean returnSequences,
      @Default("false") @Description("Whether the last state is an output too.")
          boolean returnState,
      @Default("false") @Description("Whether the sequence is read from its end.")
          boolean goBackwards,
      @Default("false")
          @Description("Accepted for Keras' sake: Rondo's loop is the same either way.")
          boolean unroll) {}

  /** A layer with these arguments. */
  public SimpleRNN(Config config) {
    super(new Cell(config), config.returnSequences(), config.returnState(), config.goBackwards());
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
      return new SimpleRNN(config);
    }
  }

  private record Cell(Config config) implements FusedCell {
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
    public List<ParameterSpec> parameters(long features) {
      long u = config.units();
      List<ParameterSpec> specs = new ArrayList<>();
      specs.add(
          new ParameterSpec("kernel", Shape.of(features, u), config.kernelInitializer())
              .in("cell"));
      specs.add(
          new ParameterSpec("recurrent_kernel", Shape.of(u, u), config.recurrentInitializer())
              .in("cell"));
      if (config.useBias()) {
        specs.add(new ParameterSpec("bias", Shape.of(u), config.biasInitializer()).in("cell"));
      }
      return specs;
    }

    @Override
    public FusedCell.Kernel kernel(LayerContext context, TimeLoop loop) {
      return new SimpleKernel(context, loop, config);
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
      activation.backward(z, h, dh, dz);
      z.copy(dz).done();
    }
  }
}
