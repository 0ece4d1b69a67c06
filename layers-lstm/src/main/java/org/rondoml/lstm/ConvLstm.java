package org.rondoml.lstm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.convolution.DataFormat;
import org.rondoml.core.convolution.Sliding;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.Initializer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.Regularizer;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.rnn.Recurrent;

/**
 * A convolutional LSTM: an {@link LSTM} whose products with the input and with the state are
 * convolutions (*), so that each pixel has gates and a state of its own, which see what is around
 * it:
 *
 * <pre>
 * z_i, z_f, z_c, z_o = x_t * W + h_{t-1} * U + b
 * i = recurrent_activation(z_i)          input gate
 * f = recurrent_activation(z_f)          forget gate
 * g = activation(z_c)                    candidate
 * o = recurrent_activation(z_o)          output gate
 * c_t = f · c_{t-1} + i · g              cell state
 * h_t = o · activation(c_t)
 * </pre>
 *
 * <p>The convolution of x has strides, padding and dilation; that of h has stride 1, and as many
 * pixels as h. A masked step carries h and c, and puts out what the step before did, zeros at
 * first; in keras3 a mask isn't used where initial states are given, as by recurrent layers.
 *
 * <p>Inputs: a sequence of images of shape (batch, time, rows, columns, channels), or of sequences
 * (batch, time, steps, channels); and optionally initial values of h and c, each (batch, new rows,
 * new columns, filters). Outputs: (batch, time, new rows, new columns, filters), or without time
 * for the last step's; and the last h and c where asked for.
 *
 * <p>Parameters: {@code kernel} W (kernel size ..., channels, 4 filters), {@code recurrent_kernel}
 * U (kernel size ..., filters, 4 filters), {@code bias} b (4 filters), each with its blocks in the
 * order i, f, c, o.
 *
 * <p>Dropout: in training each gate sees x and h through a mask of its own, which is the same at
 * all steps.
 *
 * <p>Source: Shi et al., "Convolutional LSTM network: a machine learning approach for precipitation
 * nowcasting", 2015; Keras, {@code keras/src/layers/rnn/conv_lstm.py}. The gradients are at {@link
 * ConvLstmGates} and {@link org.rondoml.core.convolution.ImageConvolution}.
 */
class ConvLstm implements Recurrent {
  static final String KERNEL = "kernel";
  static final String RECURRENT_KERNEL = "recurrent_kernel";
  static final String BIAS = "bias";
  static final int GATES = 4;
  private static final int STATES = 2;

  private final ConvLstmConfig config;
  private final int axes;
  private final Semantics semantics;
  private final ConvLstmLoop.Options options;
  private final Sliding sliding;
  private final DataFormat format;

  /**
   * A layer with these keys.
   *
   * @param axes the number of spatial axes
   * @param semantics the generation of Keras
   */
  ConvLstm(ConvLstmConfig config, int axes, Semantics semantics) {
    this(
        config,
        axes,
        semantics,
        new ConvLstmLoop.Options(config.goBackwards(), config.zeroOutputForMask()));
  }

  private ConvLstm(
      ConvLstmConfig config, int axes, Semantics semantics, ConvLstmLoop.Options options) {
    this.config = config;
    this.axes = axes;
    this.semantics = semantics;
    this.options = options;
    sliding = config.sliding(axes);
    format = config.dataFormat();
    if (format == DataFormat.CHANNELS_FIRST
        && !(config.activation().isElementWise() && config.recurrentActivation().isElementWise())) {
      throw new ConfigException(
          "data_format",
          "found channels_first with an activation along the last axis, which would not be that of"
              + " the channels; expected channels_last, or an element-wise activation");
    }
  }

  /** Keras 3 freezes the layer's cell only, which is not to be written in a model file. */
  @Override
  public final boolean heedsTrainable() {
    return semantics != Semantics.KERAS3;
  }

  @Override
  public final boolean returnsSequences() {
    return config.returnSequences();
  }

  @Override
  public final boolean returnsState() {
    return config.returnState();
  }

  @Override
  public final boolean goesBackwards() {
    return options.backwards();
  }

  /**
   * The same layer with another direction and another output at masked steps, which repeats the one
   * before whatever is asked for in tf_keras (its {@code layers/rnn/base_conv_rnn.py}).
   */
  @Override
  public final Recurrent with(boolean backwards, boolean zeroOutputForMask) {
    return new ConvLstm(
        config,
        axes,
        semantics,
        new ConvLstmLoop.Options(backwards, zeroOutputForMask && semantics == Semantics.KERAS3));
  }

  @Override
  public final List<Shape> outputShapes(List<Shape> inputs) {
    Shape sequence = sequence(inputs);
    Shape state = state(sequence);
    checkInitialStates(inputs, format.of(state, axes));
    List<Shape> outputs = new ArrayList<>();
    if (config.returnSequences()) {
      List<Long> all = new ArrayList<>(List.of(sequence.dimension(0)));
      all.addAll(state.dimensions());
      outputs.add(format.of(new Shape(all), axes));
    } else {
      outputs.add(format.of(state, axes));
    }
    if (config.returnState()) {
      outputs.addAll(Collections.nCopies(STATES, format.of(state, axes)));
    }
    return outputs;
  }

  /** The shape of the sequence, channels last. */
  private Shape sequence(List<Shape> inputs) {
    Shape given = inputs.isEmpty() ? Shape.of() : inputs.get(0);
    String expected =
        format == DataFormat.CHANNELS_LAST
            ? axes == 1 ? "(time, steps, channels)" : "(time, rows, columns, channels)"
            : axes == 1 ? "(time, channels, steps)" : "(time, channels, rows, columns)";
    if (given.rank() != axes + 2) {
      throw new ShapeMismatchException(
          "found input of shape "
              + given
              + ", expected a sequence of "
              + (axes == 1 ? "sequences " : "images ")
              + expected);
    }
    Shape sequence = format.channelsLast(given, axes);
    if (!new Shape(sequence.dimensions().subList(1, axes + 2)).isKnown()) {
      throw new ShapeMismatchException(
          "found input of shape "
              + given
              + ", expected known sizes of all axes but the time in "
              + expected);
    }
    return sequence;
  }

  /** The shape of a state, channels last. */
  private Shape state(Shape sequence) {
    Shape spatial = new Shape(sequence.dimensions().subList(1, axes + 1));
    return sliding.positions(spatial).append(config.filters());
  }

  private static void checkInitialStates(List<Shape> inputs, Shape state) {
    if (inputs.size() != 1 && inputs.size() != 1 + STATES) {
      throw new ShapeMismatchException(
          "found "
              + inputs.size()
              + " inputs, expected a sequence alone or a sequence and 2 initial states, h and c");
    }
    for (Shape initial : inputs.subList(1, inputs.size())) {
      if (!initial.equals(state)) {
        throw new ShapeMismatchException(
            "found an initial state of shape "
                + initial
                + ", expected "
                + state
                + " as the output of a step has");
      }
    }
  }

  @Override
  public final List<ParameterSpec> parameters(List<Shape> inputs) {
    long filters = config.filters();
    List<ParameterSpec> specs = new ArrayList<>();
    specs.add(
        new ParameterSpec(
                KERNEL, kernel(sequence(inputs).dimension(-1)), config.kernelInitializer())
            .in("cell")
            .with(config.kernelRegularizer(), config.kernelConstraint()));
    specs.add(
        new ParameterSpec(RECURRENT_KERNEL, kernel(filters), config.recurrentInitializer())
            .in("cell")
            .with(config.recurrentRegularizer(), config.recurrentConstraint()));
    if (config.useBias()) {
      Initializer bias =
          config.unitForgetBias()
              ? new OpenForgetGate(config.biasInitializer(), config.filters())
              : config.biasInitializer();
      specs.add(
          new ParameterSpec(BIAS, Shape.of(GATES * filters), bias)
              .in("cell")
              .with(config.biasRegularizer(), config.biasConstraint()));
    }
    return specs;
  }

  private Shape kernel(long channels) {
    List<Long> shape = new ArrayList<>();
    sliding.taps().forEach(taps -> shape.add((long) taps));
    shape.add(channels);
    shape.add((long) GATES * config.filters());
    return new Shape(shape);
  }

  @Override
  public final Optional<Regularizer> activityRegularizer() {
    return Optional.ofNullable(config.activityRegularizer());
  }

  @Override
  public final boolean isStateful() {
    return config.stateful();
  }

  @Override
  public final List<@Nullable Mask> outputMasks(LayerContext context, List<INDArray> inputs) {
    return config.returnSequences() ? Collections.singletonList(context.mask(0)) : List.of();
  }

  @Override
  public final Cost cost(List<Shape> inputs) {
    Shape sequence = sequence(inputs);
    long steps = Math.max(1, sequence.dimension(0));
    long image = new Shape(sequence.dimensions().subList(1, axes + 2)).size();
    long states = state(sequence).size();
    long gates = GATES * states;
    long taps = 1;
    for (int size : sliding.taps()) {
      taps *= size;
    }
    long input = 2 * steps * taps * sequence.dimension(-1) * gates;
    long recurrent = 2 * steps * taps * config.filters() * gates;
    // The gates and both states at all steps; the inputs in the order of the loop, and their
    // gradient; the gradients of the states at one step.
    long saved = steps * (gates + STATES * states + 2 * image) + STATES * states;
    return new Cost(input + recurrent, input, saved);
  }

  @Override
  public final List<INDArray> forward(LayerContext context, List<INDArray> inputs) {
    INDArray sequence = format.channelsLast(inputs.get(0), axes);
    Pass pass = context.plan("pass", Pass.class, Pass::new);
    ConvLstmLoop loop = pass.loop;
    if (loop == null || !Arrays.equals(loop.inputShape(), sequence.shape())) {
      loop = new ConvLstmLoop(context, config, options, axes, sequence.shape());
      pass.loop = loop;
      pass.backward = null;
    }
    pass.inputs = inputs.size();
    boolean masked = semantics != Semantics.KERAS3 || inputs.size() == 1;
    pass.beginsWithKept =
        semantics != Semantics.KERAS3 && config.stateful() && loop.keepsOtherThanZero();
    loop.forward(
        sequence,
        masked ? context.mask(0) : null,
        pass.beginsWithKept
            ? List.of()
            : inputs.stream().skip(1).map(state -> format.channelsLast(state, axes)).toList());
    List<INDArray> outputs = new ArrayList<>();
    outputs.add(format.of(loop.output(), axes));
    if (config.returnState()) {
      loop.lastStates().forEach(state -> outputs.add(format.of(state, axes)));
    }
    return outputs;
  }

  @Override
  public final List<INDArray> backward(LayerContext context, List<INDArray> outputGradients) {
    Pass pass = context.plan("pass", Pass.class, Pass::new);
    ConvLstmLoop loop = pass.loop;
    if (loop == null) {
      throw new IllegalStateException("backward before forward");
    }
    ConvLstmBackward back = pass.backward;
    if (back == null) {
      back = new ConvLstmBackward(context, config, options, loop);
      pass.backward = back;
    }
    List<INDArray> given =
        outputGradients.stream().map(gradient -> format.channelsLast(gradient, axes)).toList();
    List<INDArray> gradients = new ArrayList<>();
    gradients.add(format.of(back.backward(given.get(0), given.subList(1, given.size())), axes));
    if (pass.inputs > 1) {
      for (INDArray state : back.initialStateGradients()) {
        gradients.add(format.of(pass.beginsWithKept ? state.assign(0) : state, axes));
      }
    }
    return gradients;
  }

  /** What backward needs to know of the forward pass before it. */
  private static final class Pass {
    private @Nullable ConvLstmLoop loop;
    private @Nullable ConvLstmBackward backward;
    private int inputs;

    /** tf_keras passes over initial states as soon as the batch before has left others. */
    private boolean beginsWithKept;
  }
}
