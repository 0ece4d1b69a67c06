package org.rondoml.standard.layers.core;

import jakarta.validation.constraints.Positive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.AxisOrder;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.PackedProduct;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Constraint;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Initializer;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.Regularizer;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.core.spi.UnaryLayer;
import org.rondoml.standard.layers.Rows;

/**
 * A densely connected layer, applied to the last axis:
 *
 * <pre>
 * z = x W + b
 * y = activation(z)
 * </pre>
 *
 * <p>x has the shape (batch, ..., in), y (batch, ..., units); the kernel W is (in, units), the bias
 * b (units). The gradients are
 *
 * <pre>
 * dz = dy · activation'(z)
 * db = sum of dz over rows
 * dW = xᵀ dz
 * dx = dz Wᵀ
 * </pre>
 *
 * <p>Source: Keras, {@code keras/src/layers/core/dense.py}.
 */
public final class Dense implements UnaryLayer {
  private static final String KERNEL = "kernel";
  private static final String BIAS = "bias";

  private final Config config;
  private final int units;
  private final Activation activation;
  private final boolean keepsZ;

  /** The layer with its keys. */
  public Dense(Config config) {
    this.config = config;
    units = config.units();
    activation = config.activation();
    keepsZ = activation.gradientNeedsInput() || activation.link() != Activation.Link.OTHER;
  }

  @Override
  public Shape outputShape(Shape input) {
    features(input);
    return input.withLast(units);
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    List<ParameterSpec> parameters = new ArrayList<>();
    parameters.add(
        new ParameterSpec(KERNEL, Shape.of(features(input), units), config.kernelInitializer())
            .with(config.kernelRegularizer(), config.kernelConstraint()));
    if (config.useBias()) {
      parameters.add(
          new ParameterSpec(BIAS, Shape.of(units), config.biasInitializer())
              .with(config.biasRegularizer(), config.biasConstraint()));
    }
    return parameters;
  }

  private static long features(Shape input) {
    if (input.rank() == 0 || input.dimension(-1) == Shape.UNKNOWN) {
      throw new ShapeMismatchException(
          "Dense multiplies along the last axis and needs to know its size, found inputs of shape "
              + input
              + ": give the Input a shape whose last size is a number, such as [784]");
    }
    return input.dimension(-1);
  }

  @Override
  public boolean keepsMask() {
    return true;
  }

  @Override
  public Cost cost(List<Shape> inputs) {
    Shape input = inputs.get(0);
    long rows = input.isKnown() ? input.size() / input.dimension(-1) : 1;
    Cost row = Cost.of(parameters(inputs), outputShapes(inputs));
    // y and dz, what else went into the activation, and dx
    long outputs = rows * units;
    long saved = (keepsZ ? 3 : 2) * outputs + rows * features(input);
    return new Cost(rows * row.forwardFlops(), rows * row.inputGradientFlops(), saved);
  }

  @Override
  public Optional<Activation> outputActivation() {
    return Optional.of(activation);
  }

  @Override
  public Optional<Regularizer> activityRegularizer() {
    return Optional.ofNullable(config.activityRegularizer());
  }

  @Override
  public INDArray forward(LayerContext context, INDArray input) {
    Pass pass = passOf(context).begin(context, input);
    pass.product.run(pass.x, 0, pass.z, 0);
    if (activation.isIdentity()) {
      return pass.output;
    }
    Vec z = context.window("z", units);
    Vec y = context.window("y", units);
    for (long r = 0; r < pass.rows; r++) {
      if (keepsZ) {
        z.reads(pass.z, r * units);
        y.writes(pass.y, r * units);
        activation.forward(z, y);
      } else {
        y.updates(pass.y, r * units);
        activation.forward(y, y);
      }
      y.done();
    }
    return pass.output;
  }

  @Override
  public INDArray backward(LayerContext context, INDArray outputGradient) {
    Pass pass = passOf(context).current();
    Memory dy = Rows.align(context, "dy", outputGradient, pass.output);
    if (activation.isIdentity()) {
      return backwardFrom(context, pass, dy);
    }
    Memory dz = context.dense("dz", context.scratchLike("dz", pass.output));
    Vec z = context.window("z", units);
    Vec y = context.window("y", units);
    Vec d = context.window("dy", units);
    Vec dzRow = context.window("dz", units);
    for (long r = 0; r < pass.rows; r++) {
      y.reads(pass.y, r * units);
      if (activation.gradientNeedsInput()) {
        z.reads(pass.z, r * units);
      }
      d.reads(dy, r * units);
      dzRow.writes(dz, r * units);
      activation.backward(z, y, d, dzRow);
      dzRow.done();
    }
    return backwardFrom(context, pass, dz);
  }

  @Override
  public List<INDArray> backwardFromLogits(LayerContext context, INDArray logitsGradient) {
    Pass pass = passOf(context).current();
    Memory dz = Rows.align(context, "dz from logits", logitsGradient, pass.output);
    return List.of(backwardFrom(context, pass, dz));
  }

  private INDArray backwardFrom(LayerContext context, Pass pass, Memory dz) {
    if (config.useBias()) {
      Vec sum = context.vec(BIAS, units).load(context.gradient(BIAS), 0);
      Vec row = context.window("dz", units);
      for (long r = 0; r < pass.rows; r++) {
        sum.add(sum, row.reads(dz, r * units));
      }
      sum.store(context.gradient(BIAS), 0);
    }
    context.addOuterProducts(KERNEL, pass.x, 0, dz, 0, pass.rows);
    if (!context.needsInputGradient(0)) {
      return pass.x.array();
    }
    INDArray inputGradient = context.scratchLike("dx", pass.x.array());
    pass.inputGradient(context).run(dz, 0, context.dense("dx", inputGradient), 0);
    return inputGradient;
  }

  private Passes passOf(LayerContext context) {
    return context.plan("passes", Passes.class, Passes::new);
  }

  /**
   * Keeps the pass from forward to backward, and for the next step as long as the input lies in
   * memory as it does.
   */
  private final class Passes {
    private @Nullable Pass pass;

    Pass begin(LayerContext context, INDArray input) {
      Memory x = context.dense("x", input);
      Pass known = pass;
      if (known == null || !known.fits(x)) {
        known = new Pass(context, x);
        pass = known;
      }
      known.x = x;
      return known;
    }

    Pass current() {
      Pass known = pass;
      if (known == null) {
        throw new IllegalStateException("backward before forward");
      }
      return known;
    }
  }

  /** Input, output and products for one layout of the input. */
  private final class Pass {
    private Memory x;
    private final int rows;
    private final INDArray output;
    private final Memory y;
    private final Memory z;
    private final PackedProduct product;
    private @Nullable PackedProduct inputGradient;

    Pass(LayerContext context, Memory x) {
      this.x = x;
      rows = Math.toIntExact(x.length() / features());
      output = Rows.scratch(context, "y", x.array(), units);
      y = context.dense("y", output);
      z = keepsZ ? context.dense("z", context.scratchLike(LayerContext.LOGITS, output)) : y;
      product =
          config.useBias()
              ? context.productWithBias(KERNEL, BIAS, rows)
              : context.product(KERNEL, false, rows, false);
    }

    boolean fits(Memory other) {
      return Arrays.equals(x.array().shape(), other.array().shape())
          && AxisOrder.isSame(x.array(), other.array());
    }

    private int features() {
      INDArray input = x.array();
      return Math.toIntExact(input.size(input.rank() - 1));
    }

    PackedProduct inputGradient(LayerContext context) {
      PackedProduct planned = inputGradient;
      if (planned == null) {
        planned = context.product(KERNEL, true, rows, false);
        inputGradient = planned;
      }
      return planned;
    }
  }

  /**
   * The keys.
   *
   * @param units the size of the output's last axis
   * @param activation what is applied to each row of z
   * @param useBias whether b is added
   * @param kernelInitializer draws W
   * @param biasInitializer draws b
   * @param kernelRegularizer the penalty on W
   * @param biasRegularizer the penalty on b
   * @param activityRegularizer the penalty on y
   * @param kernelConstraint the condition on W
   * @param biasConstraint the condition on b
   */
  @Description("A densely connected layer along the last axis: activation(x W + b).")
  @Example("Dense: {units: 10, activation: softmax}")
  public record Config(
      @Description("the size of the output's last axis") @Positive int units,
      @Description("the activation function") @Default("linear") Activation activation,
      @Description("whether to add a bias") @Default("true") boolean useBias,
      @Description("what draws the kernel of shape (in, units)") @Default("glorot_uniform")
          Initializer kernelInitializer,
      @Description("what draws the bias of shape (units)") @Default("zeros")
          Initializer biasInitializer,
      @Description("the penalty on the kernel that is added to the loss")
          @Nullable Regularizer kernelRegularizer,
      @Description("the penalty on the bias that is added to the loss")
          @Nullable Regularizer biasRegularizer,
      @Description("the penalty on the output that is added to the loss, a mean over the batch")
          @Nullable Regularizer activityRegularizer,
      @Description("what the kernel is brought back to after every update")
          @Nullable Constraint kernelConstraint,
      @Description("what the bias is brought back to after every update")
          @Nullable Constraint biasConstraint) {}

  /** Brings {@code Dense}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "Dense";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new Dense(config);
    }
  }
}
