package org.rondoml.lstm;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.convolution.DataFormat;
import org.rondoml.core.convolution.Padding;
import org.rondoml.core.convolution.Sliding;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Constraint;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Initializer;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Regularizer;

/**
 * A convolutional LSTM of sequences of sequences, of shape (batch, time, steps, channels); see
 * {@link ConvLstm} for its rule.
 *
 * <p>Source: Keras, {@code keras/src/layers/rnn/conv_lstm1d.py}.
 *
 * <pre>
 * z_i, z_f, z_c, z_o = x_t * W + h_{t-1} * U + b     where * is a convolution
 * i = recurrent_activation(z_i)          input gate
 * f = recurrent_activation(z_f)          forget gate
 * g = activation(z_c)                    candidate
 * o = recurrent_activation(z_o)          output gate
 * c_t = f c_{t-1} + i g                  cell state
 * h_t = o activation(c_t)
 * </pre>
 */
public final class ConvLSTM1D extends ConvLstm {
  private static final int AXES = 1;

  /** A layer with these arguments. */
  public ConvLSTM1D(Config config, Semantics semantics) {
    super(config, AXES, semantics);
  }

  /**
   * The arguments of Keras' ConvLSTM1D.
   *
   * @param filters the channels of the output and of the states
   * @param kernelSize the taps of a window
   * @param strides how far the input's window moves
   * @param padding where the input's windows lie at the edges
   * @param dataFormat where the channels are
   * @param dilationRate from one tap of the input's window to the next
   * @param activation what the candidate and the cell state go through
   * @param recurrentActivation what the gates go through
   * @param useBias whether b is added
   * @param kernelInitializer draws W
   * @param recurrentInitializer draws U
   * @param biasInitializer draws b
   * @param unitForgetBias whether the forget gate's bias starts at 1
   * @param kernelRegularizer the penalty on W
   * @param recurrentRegularizer the penalty on U
   * @param biasRegularizer the penalty on b
   * @param activityRegularizer the penalty on the output
   * @param kernelConstraint what W is brought back to
   * @param recurrentConstraint what U is brought back to
   * @param biasConstraint what b is brought back to
   * @param dropout the probability of dropping an element of the input
   * @param recurrentDropout the probability of dropping an element of h
   * @param seed another seed, other elements; null for the model's
   * @param returnSequences whether every step's output is given
   * @param returnState whether the last states are outputs too
   * @param goBackwards whether the sequence is read from its end
   * @param stateful whether states stay from batch to batch
   * @param zeroOutputForMask whether masked steps put out zeros
   */
  @Description(
      "Convolutional LSTM of sequences of sequences: gates of every pixel see what is around it.")
  @Example("ConvLSTM1D: {filters: 16, kernel_size: 3, padding: same}")
  public record Config(
      @Description("the channels of the output and of the states") @Positive int filters,
      @Description("the size of the window: a number, or a list of one")
          List<@Positive Integer> kernelSize,
      @Description("how far the input's window moves: a number, or a list of one") @Default("1")
          List<@Positive Integer> strides,
      @Description("valid: no padding; same: as many steps as the input, with strides of 1")
          @Default("valid")
          Padding padding,
      @Description("where the channels are") @Default("channels_last") DataFormat dataFormat,
      @Description(
              "from one tap of the input's window to the next: a number, or a list of one; more than 1 goes with strides of 1")
          @Default("1")
          List<@Positive Integer> dilationRate,
      @Description("what the candidate and the cell state go through") @Default("tanh")
          Activation activation,
      @Description("what the gates go through")
          @Default(value = "sigmoid", tf1 = "hard_sigmoid", tf2 = "hard_sigmoid")
          Activation recurrentActivation,
      @Description("whether to add a bias") @Default("true") boolean useBias,
      @Description("what draws the kernel of shape (kernel size, channels, 4 filters)")
          @Default("glorot_uniform")
          Initializer kernelInitializer,
      @Description("what draws the recurrent kernel of shape (kernel size, filters, 4 filters)")
          @Default("orthogonal")
          Initializer recurrentInitializer,
      @Description("what draws the bias of shape (4 filters)") @Default("zeros")
          Initializer biasInitializer,
      @Description("whether the forget gate's bias starts at 1") @Default("true")
          boolean unitForgetBias,
      @Description("a penalty on the kernel") @Nullable Regularizer kernelRegularizer,
      @Description("a penalty on the recurrent kernel") @Nullable Regularizer recurrentRegularizer,
      @Description("a penalty on the bias") @Nullable Regularizer biasRegularizer,
      @Description("a penalty on the output") @Nullable Regularizer activityRegularizer,
      @Description("what the kernel is brought back to after every update")
          @Nullable Constraint kernelConstraint,
      @Description("what the recurrent kernel is brought back to after every update")
          @Nullable Constraint recurrentConstraint,
      @Description("what the bias is brought back to after every update")
          @Nullable Constraint biasConstraint,
      @Description("the probability of dropping an element of the input, for each gate by itself")
          @Default("0")
          @DecimalMin("0")
          @DecimalMax(value = "1", inclusive = false)
          double dropout,
      @Description("the probability of dropping an element of h, for each gate by itself")
          @Default("0")
          @DecimalMin("0")
          @DecimalMax(value = "1", inclusive = false)
          double recurrentDropout,
      @Description("mixed into the model's seed: another number drops other elements")
          @KnownIn(
              value = Semantics.KERAS3,
              cure = "tf_keras has one seed for all; give the model's seed")
          @Nullable Long seed,
      @Description("whether every step's output is given, or the last one's") @Default("false")
          boolean returnSequences,
      @Description("whether the last states h and c are outputs too") @Default("false")
          boolean returnState,
      @Description("whether the sequence is read from its end; the outputs stay in that order")
          @Default("false")
          boolean goBackwards,
      @Description("whether a batch goes on from the states that the last one left")
          @Default("false")
          boolean stateful,
      @Description("whether masked steps put out zeros, and not what the step before did")
          @KnownIn(
              value = Semantics.KERAS3,
              cure = "tf_keras repeats the output of the step before; leave it out")
          @Default("false")
          boolean zeroOutputForMask)
      implements ConvLstmConfig {
    /** Checks what the keys say together. */
    public Config {
      Sliding sliding =
          Sliding.ofConvolution(AXES, kernelSize, strides, dilationRate, padding.ofWindow());
      kernelSize = sliding.taps();
      strides = sliding.strides();
      dilationRate = sliding.dilation();
    }
  }

  /** Brings the layer. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "ConvLSTM1D";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new ConvLSTM1D(config, semantics);
    }
  }
}
