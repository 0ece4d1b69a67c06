package org.rondoml.rnn;

import jakarta.validation.constraints.Pattern;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Unwrapped;

/**
 * Gated recurrent unit (Cho et al., "Learning phrase representations using RNN encoder-decoder for
 * statistical machine translation", 2014; Keras {@code layers/rnn/gru.py}). With reset_after:
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
 * <p>and without it hh = activation(x_h + (r * h_{t-1}) U_h), with one bias. Parameters: {@code
 * kernel} W (features, 3 units), {@code recurrent_kernel} U (units, 3 units), {@code bias} b (2, 3
 * units) or (3 units), each with its blocks in the order z, r, h. State: h (units). The code of a
 * step is in {@link GruResetAfter} and {@link GruResetFirst}.
 */
public final class GRU extends RecurrentLayer {

  /**
   * The arguments of Keras' GRU.
   *
   * @param cell those of its cell
   * @param sequence those of all recurrent layers
   * @param useCudnn accepted without effect
   */
  @Description("Gated recurrent unit: gates decide what the output keeps and what it takes in.")
  @Example("GRU: {units: 64, return_sequences: true}")
  public record Config(
      @Unwrapped(tf1 = {"recurrent_activation: hard_sigmoid", "reset_after: false"})
          GRUCell.Config cell,
      @Unwrapped SequenceConfig sequence,
      @Default("auto")
          @Pattern(regexp = "auto|true|false", message = "expected auto, true or false")
          @KnownIn(value = Semantics.KERAS3, cure = "leave it out: it has no effect here")
          @Description("Accepted for Keras' sake: there is no cuDNN here.")
          String useCudnn) {}

  /** A layer with these arguments. */
  public GRU(Config config, Semantics semantics) {
    super(new GRUCell(config.cell()), config.sequence(), semantics);
  }

  /** Brings the layer. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "GRU";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new GRU(config, semantics);
    }
  }
}
