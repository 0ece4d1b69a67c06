package org.rondoml.standard.layers.convolutional;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Patches;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.convolution.Convolution;
import org.rondoml.core.convolution.DataFormat;
import org.rondoml.core.convolution.ImageConvolution;
import org.rondoml.core.convolution.Sliding;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.Regularizer;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.core.spi.UnaryLayer;

/**
 * A convolution over one or two spatial axes. With P a matrix that has a row for each position of
 * the window, what the window sees there:
 *
 * <pre>
 * Z = P W + b
 * y = activation(Z)
 * </pre>
 *
 * <p>x has the shape (batch, ..., in), y (batch, ..., filters); the kernel W is (kernel size ...,
 * in / groups, filters), the bias b (filters). The gradients are
 *
 * <pre>
 * dZ = dy · activation'(Z)
 * db = sum of dZ over rows
 * dW = Pᵀ dZ
 * dP = dZ Wᵀ, and each element of dx is the sum of those of dP that are copies of x's
 * </pre>
 *
 * <p>With groups, each group of filters sees its own group of channels.
 *
 * <p>Source: Keras, {@code keras/src/layers/convolutional/base_conv.py}; tf_keras takes inputs with
 * more axes in front, each of which is an image or a sequence of its own.
 */
abstract class ConvolutionLayer implements UnaryLayer {
  private static final String KERNEL = "kernel";
  private static final String BIAS = "bias";

  private final ConvolutionConfig config;
  private final int axes;
  private final Sliding sliding;
  private final DataFormat format;
  private final boolean moreAxes;

  /**
   * A layer with these keys.
   *
   * @param axes the number of spatial axes
   */
  ConvolutionLayer(ConvolutionConfig config, int axes, Semantics semantics) {
    this.config = config;
    this.axes = axes;
    sliding = config.sliding(axes);
    format = config.dataFormat();
    moreAxes = semantics != Semantics.KERAS3;
  }

  @Override
  public final Shape outputShape(Shape input) {
    Shape last = channelsLast(input);
    List<Long> output = new ArrayList<>(last.dimensions().subList(0, last.rank() - 1 - axes));
    output.addAll(sliding.positions(spatial(last)).dimensions());
    output.add((long) config.filters());
    return format.of(new Shape(output), axes);
  }

  private Shape channelsLast(Shape input) {
    if (input.rank() < axes + 1 || (input.rank() > axes + 1 && !moreAxes)) {
      throw new ShapeMismatchException(
          "found inputs of shape "
              + input
              + ", expected "
              + (axes == 1 ? "sequences (steps, channels)" : "images (rows, columns, channels)")
              + (format == DataFormat.CHANNELS_LAST ? "" : " with the channels first")
              + (input.rank() == axes
                  ? ": where there is one channel, Reshape adds an axis of size 1"
                  : ""));
    }
    Shape last = format.channelsLast(input, axes);
    long channels = last.dimension(-1);
    if (channels == Shape.UNKNOWN) {
      throw new ShapeMismatchException(
          "found inputs of shape "
              + input
              + ", expected a known number of channels, on the "
              + (format == DataFormat.CHANNELS_LAST ? "last" : "first")
              + " axis");
    }
    if (channels % config.groups() != 0) {
      throw new ShapeMismatchException(
          "found "
              + channels
              + " channels for "
              + config.groups()
              + " groups, expected a number of groups that divides the channels");
    }
    return last;
  }

  private Shape spatial(Shape channelsLast) {
    int last = channelsLast.rank() - 1;
    return new Shape(channelsLast.dimensions().subList(last - axes, last));
  }

  @Override
  public final List<ParameterSpec> parameters(Shape input) {
    List<Long> kernel = new ArrayList<>();
    sliding.taps().forEach(taps -> kernel.add((long) taps));
    kernel.add(channelsLast(input).dimension(-1) / config.groups());
    kernel.add((long) config.filters());
    List<ParameterSpec> parameters = new ArrayList<>();
    parameters.add(
        new ParameterSpec(KERNEL, new Shape(kernel), config.kernelInitializer())
            .with(config.kernelRegularizer(), config.kernelConstraint()));
    if (config.useBias()) {
      parameters.add(
          new ParameterSpec(BIAS, Shape.of(config.filters()), config.biasInitializer())
              .with(config.biasRegularizer(), config.biasConstraint()));
    }
    return parameters;
  }

  @Override
  public final Optional<Regularizer> activityRegularizer() {
    return Optional.ofNullable(config.activityRegularizer());
  }

  @Override
  public final Optional<Activation> outputActivation() {
    return Optional.of(config.activation());
  }

  @Override
  public final Cost cost(List<Shape> inputs) {
    Shape input = inputs.get(0);
    Shape output = outputShape(input);
    if (!output.isKnown() || !input.isKnown()) {
      return Cost.of(parameters(inputs), List.of(output));
    }
    long rows = output.size() / config.filters();
    long seen = channelsLast(input).dimension(-1);
    for (int taps : sliding.taps()) {
      seen *= taps;
    }
    long flops = 2 * rows * seen / config.groups() * config.filters();
    // the patches, dx, y and dZ, and what else went into the activation
    long outputs = (ActivatedRows.keepsZ(config.activation()) ? 3 : 2) * output.size();
    return new Cost(flops, flops, rows * seen + input.size() + outputs);
  }

  @Override
  public final INDArray forward(LayerContext context, INDArray input) {
    INDArray given = format.channelsLast(input, axes);
    Pass pass = passes(context).begin(context, given.shape());
    pass.x = context.rowMajor("x", given);
    return pass.forward();
  }

  @Override
  public final INDArray backward(LayerContext context, INDArray outputGradient) {
    Pass pass = passes(context).current();
    Memory dy = context.rowMajor("dy", outputGradient);
    return pass.backward(pass.activated.backward(context, dy));
  }

  @Override
  public final List<INDArray> backwardFromLogits(LayerContext context, INDArray logitsGradient) {
    Memory dz = context.rowMajor("dz from logits", logitsGradient);
    return List.of(passes(context).current().backward(dz));
  }

  private Passes passes(LayerContext context) {
    return context.plan("passes", Passes.class, Passes::new);
  }

  /**
   * Keeps the pass from forward to backward, and for the next step as long as the input has the
   * same shape.
   */
  private final class Passes {
    private @Nullable Pass pass;
    private long[] shape = {};

    Pass begin(LayerContext context, long... inputShape) {
      Pass known = pass;
      if (known == null || !Arrays.equals(shape, inputShape)) {
        known = new Pass(context, inputShape);
        pass = known;
        shape = inputShape.clone();
      }
      return known;
    }

    Pass current() {
      Pass known = pass;
      if (known == null || known.x == null) {
        throw new IllegalStateException("backward before forward");
      }
      return known;
    }
  }

  /** The memory and the products for one shape of the input, channels last. */
  private final class Pass {
    private final LayerContext context;
    private final long[] inputShape;
    private final ImageConvolution convolution;
    private final ActivatedRows activated;
    private final @Nullable Memory zChannelsLast;
    private @Nullable Memory x;

    Pass(LayerContext context, long... inputShape) {
      this.context = context;
      this.inputShape = inputShape.clone();
      int last = inputShape.length - 1;
      long[] spatial = Arrays.copyOfRange(inputShape, last - axes, last);
      int channels = Math.toIntExact(inputShape[last]);
      long images = 1;
      for (int axis = 0; axis < last - axes; axis++) {
        images *= inputShape[axis];
      }
      convolution = convolution(spatial, channels, Math.toIntExact(images));
      Shape sample = Shape.of(Arrays.copyOfRange(inputShape, 1, inputShape.length));
      Shape output = outputShape(format.of(sample, axes));
      activated = new ActivatedRows(context, config.activation(), output.withBatch(inputShape[0]));
      zChannelsLast =
          format == DataFormat.CHANNELS_LAST
              ? null
              : Memory.of(
                  context.scratch(
                      "z channels last",
                      format.channelsLast(output, axes).withBatch(inputShape[0])));
    }

    private ImageConvolution convolution(long[] spatial, int channels, int images) {
      String bias = config.useBias() ? BIAS : null;
      if (config.groups() > 1) {
        return new GroupedConvolution(
            context,
            KERNEL,
            bias,
            sliding,
            spatial,
            channels,
            config.filters(),
            config.groups(),
            images);
      }
      Patches patches = sliding.patches(context.precision(), spatial, channels, channels);
      return new Convolution(context, KERNEL, bias, patches, images, false, !context.forwardOnly());
    }

    INDArray forward() {
      Memory z = activated.z();
      if (zChannelsLast == null) {
        convolution.forward(x(), 0, z, 0);
      } else {
        convolution.forward(x(), 0, zChannelsLast, 0);
        z.array().assign(format.of(zChannelsLast.array(), axes));
      }
      return activated.forward();
    }

    INDArray backward(Memory dzGiven) {
      Memory dz = context.rowMajor("dz channels last", format.channelsLast(dzGiven.array(), axes));
      if (config.useBias()) {
        int filters = config.filters();
        Vec sum = context.vec("db", filters).load(context.gradient(BIAS), 0);
        Vec row = context.window("row of dz", filters);
        for (long at = 0; at < dz.length(); at += filters) {
          sum.add(sum, row.reads(dz, at));
        }
        sum.store(context.gradient(BIAS), 0);
      }
      convolution.addKernelGradient(x(), 0, dz, 0);
      if (!context.needsInputGradient(0)) {
        return format.of(x().array(), axes);
      }
      Memory dx = context.dense("dx", context.scratch("dx", inputShape));
      dx.clear();
      convolution.addInputGradient(dz, 0, dx, 0);
      return format.of(dx.array(), axes);
    }

    private Memory x() {
      Memory given = x;
      if (given == null) {
        throw new IllegalStateException("backward before forward");
      }
      return given;
    }
  }
}
