package org.rondoml.standard.layers.convolutional;

import jakarta.validation.constraints.Positive;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Window;
import org.rondoml.core.convolution.DataFormat;
import org.rondoml.core.convolution.Padding;
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
 * A convolution of images:
 *
 * <pre>
 * z_{i,j} = sum over k, l of x_{i · stride - before + k · dilation, j ...} W_{k,l} + b
 * y_{i,j} = activation(z_{i,j})
 * </pre>
 *
 * <p>x has the shape (batch, rows, columns, in), y (batch, new rows, new columns, filters); the
 * kernel W is (kernel rows, kernel columns, in / groups, filters), the bias b (filters). What
 * {@code before} is, padding says; see {@link Window}. The gradients are at {@link
 * ConvolutionLayer}.
 *
 * <p>Source: Keras, {@code keras/src/layers/convolutional/conv2d.py}.
 */
public final class Conv2D extends ConvolutionLayer {
  private static final int AXES = 2;

  /** The layer with its keys. */
  public Conv2D(Config config, Semantics semantics) {
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
  @Description("A convolution of images: what a window sees as it slides, times a kernel.")
  @Example("Conv2D: {filters: 32, kernel_size: [3, 3], activation: relu}")
  public record Config(
      @Description("the size of the output's channel axis") @Positive int filters,
      @Description("the size of the window: one number for both axes, or two")
          List<@Positive Integer> kernelSize,
      @Description("how far the window moves: one number for both axes, or two") @Default("[1, 1]")
          List<@Positive Integer> strides,
      @Default("valid")
          @Description(
              "valid: no padding; same: as many rows and columns as the input, with strides of 1")
          Padding padding,
      @Description("where the channels are") @Default("channels_last") DataFormat dataFormat,
      @Description(
              "from one tap of a window to the next: one number for both axes, or two; more than 1 goes with strides of 1")
          @Default("[1, 1]")
          List<@Positive Integer> dilationRate,
      @Description("the number of groups of channels, each seen by its own filters only")
          @Default("1")
          @Positive
          int groups,
      @Description("the activation function, along the last axis") @Default("linear")
          Activation activation,
      @Description("whether to add a bias") @Default("true") boolean useBias,
      @Description("what draws the kernel of shape (rows, columns, in / groups, filters)")
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
      Sliding sliding =
          Sliding.ofConvolution(AXES, kernelSize, strides, dilationRate, padding.ofWindow());
      kernelSize = sliding.taps();
      strides = sliding.strides();
      dilationRate = sliding.dilation();
      ConvolutionConfig.checkGroups(filters, groups);
    }

    @Override
    public Window.Padding windowPadding() {
      return padding.ofWindow();
    }
  }

  /** Brings {@code Conv2D}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "Conv2D";
    }

    @Override
    public List<String> aliases() {
      return List.of("Convolution2D");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new Conv2D(config, semantics);
    }
  }
}
