package org.rondoml.standard.layers.convolutional;

import jakarta.validation.constraints.Positive;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Window;
import org.rondoml.core.convolution.DataFormat;
import org.rondoml.core.convolution.Sliding;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Constraint;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Initializer;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Regularizer;

/**
 * A convolution of sequences over time:
 *
 * <pre>
 * z_t = sum over k of x_{t · stride - before + k · dilation} W_k + b
 * y_t = activation(z_t)
 * </pre>
 *
 * <p>x has the shape (batch, steps, in), y (batch, new steps, filters); the kernel W is (kernel
 * size, in / groups, filters), the bias b (filters). What {@code before} is, padding says; see
 * {@link Window}. The gradients are at {@link ConvolutionLayer}.
 *
 * <p>Source: Keras, {@code keras/src/layers/convolutional/conv1d.py}.
 */
public final class Conv1D extends ConvolutionLayer {
  private static final int AXES = 1;

  /** The layer with its keys. */
  public Conv1D(Config config, Semantics semantics) {
    super(config, AXES, semantics);
  }

  /**
   * The keys.
   *
   * @param filters the size of the output's channel axis
   * @param kernelSize the taps of a window
   * @param strides how far the window moves
   * @param padding where windows lie at the ends
   * @param dataFormat where the channels are
   * @param dilationRate from one tap of a window to the next
   * @param groups the number of groups of channels that are convolved by themselves
   * @param activation what is applied to z
   * @param useBias whether b is added
   * @param kernelInitializer draws W
   * @param biasInitializer draws b
   * @param kernelRegularizer the penalty on W
   * @param biasRegularizer the penalty on b
   * @param activityRegularizer the penalty on y
   * @param kernelConstraint what W is brought back to
   * @param biasConstraint what b is brought back to
   */
  @Description("A convolution of sequences: what a window sees as it slides, times a kernel.")
  @Example("Conv1D: {filters: 32, kernel_size: 3, padding: causal, activation: relu}")
  public record Config(
      @Description("the size of the output's channel axis") @Positive int filters,
      @Description("the size of the window: a number, or a list of one")
          List<@Positive Integer> kernelSize,
      @Description("how far the window moves: a number, or a list of one") @Default("1")
          List<@Positive Integer> strides,
      @Default("valid")
          @Description(
              "valid: no padding; same: as many steps as the input, with strides of 1; causal: the same, and no step sees a later one")
          Window.Padding padding,
      @Description("where the channels are") @Default("channels_last") DataFormat dataFormat,
      @Description(
              "from one tap of a window to the next: a number, or a list of one; more than 1 goes with strides of 1")
          @Default("1")
          List<@Positive Integer> dilationRate,
      @Description("the number of groups of channels, each seen by its own filters only")
          @Default("1")
          @Positive
          int groups,
      @Description("the activation function, along the last axis") @Default("linear")
          Activation activation,
      @Description("whether to add a bias") @Default("true") boolean useBias,
      @Description("what draws the kernel of shape (kernel size, in / groups, filters)")
          @Default("glorot_uniform")
          Initializer kernelInitializer,
      @Description("what draws the bias of shape (filters)") @Default("zeros")
          Initializer biasInitializer,
      @Description("a penalty on the kernel") @Nullable Regularizer kernelRegularizer,
      @Description("a penalty on the bias") @Nullable Regularizer biasRegularizer,
      @Description("a penalty on the output") @Nullable Regularizer activityRegularizer,
      @Description("what the kernel is brought back to after every update")
          @Nullable Constraint kernelConstraint,
      @Description("what the bias is brought back to after every update")
          @Nullable Constraint biasConstraint)
      implements ConvolutionConfig {
    /** Checks what the keys say together. */
    public Config {
      Sliding sliding = Sliding.ofConvolution(AXES, kernelSize, strides, dilationRate, padding);
      kernelSize = sliding.taps();
      strides = sliding.strides();
      dilationRate = sliding.dilation();
      ConvolutionConfig.checkGroups(filters, groups);
    }

    @Override
    public Window.Padding windowPadding() {
      return padding;
    }
  }

  /** Brings {@code Conv1D}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "Conv1D";
    }

    @Override
    public List<String> aliases() {
      return List.of("Convolution1D");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new Conv1D(config, semantics);
    }
  }
}
