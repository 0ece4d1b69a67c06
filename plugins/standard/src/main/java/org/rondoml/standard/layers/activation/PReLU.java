package org.rondoml.standard.layers.activation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Constraint;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Initializer;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.Regularizer;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.core.spi.UnaryLayer;
import org.rondoml.standard.layers.Kept;
import org.rondoml.standard.layers.RowMap;
import org.rondoml.standard.layers.Rows;

/**
 * A rectified linear unit whose slope for negative x is learned:
 *
 * <pre>
 * y      = max(x, 0) + alpha · min(x, 0)
 * dx     = dy · (1 for x &gt; 0, alpha for x &lt; 0, 0 for x = 0)
 * dalpha = sum of dy · min(x, 0) over samples and shared axes
 * </pre>
 *
 * <p>Any shape. alpha has the shape of a sample, with size 1 along the shared axes. Masks pass. He
 * et al., "Delving deep into rectifiers", ICCV 2015. Source: Keras, {@code
 * keras/src/layers/activations/prelu.py}.
 */
public final class PReLU implements UnaryLayer {
  private static final String ALPHA = "alpha";
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  private final Config config;

  /** The layer with its keys. */
  public PReLU(Config config) {
    this.config = config;
  }

  @Override
  public Shape outputShape(Shape input) {
    alphaShape(input);
    return input;
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    return List.of(
        new ParameterSpec(ALPHA, alphaShape(input), config.alphaInitializer())
            .with(config.alphaRegularizer(), config.alphaConstraint()));
  }

  private Shape alphaShape(Shape input) {
    List<Long> sizes = new ArrayList<>(input.dimensions());
    for (int axis : config.shared()) {
      if (axis < 1 || axis > sizes.size()) {
        throw new ShapeMismatchException(
            "found shared_axes "
                + config.shared()
                + " for inputs of shape "
                + input
                + ": its axes have the numbers 1 to "
                + sizes.size());
      }
      sizes.set(axis - 1, 1L);
    }
    Shape shape = new Shape(sizes);
    if (!shape.isKnown()) {
      throw new ShapeMismatchException(
          "PReLU has a slope for each element and needs to know the sizes of its input, found "
              + input
              + ": give the Input a shape without null, or name the axis in shared_axes");
    }
    return shape;
  }

  @Override
  public boolean keepsMask() {
    return true;
  }

  /** The output and the gradient of the input; nothing is multiplied as a matrix. */
  @Override
  public Cost cost(List<Shape> inputs) {
    Shape input = inputs.get(0);
    return new Cost(0, 0, input.isKnown() ? 2 * input.size() : 0);
  }

  @Override
  public INDArray forward(LayerContext context, INDArray input) {
    Memory x = context.dense("x", input);
    Pass pass = passOf(context).of(List.of(x.array()), () -> new Pass(context, x.array()));
    pass.x = x;
    Memory y = context.dense("y", pass.output);
    int length = Rows.length(pass.output);
    Vec in = context.window("x", length);
    Vec negative = context.vec("negative", length);
    Vec out = context.window("y", length);
    for (int row = 0; row < pass.map.rows(); row++) {
      in.reads(x, (long) row * length);
      negative.clip(in, -INFINITY, 0);
      out.writes(y, (long) row * length).relu(in);
      out.addProduct(pass.alpha(context, row), negative).done();
    }
    return pass.output;
  }

  @Override
  public INDArray backward(LayerContext context, INDArray outputGradient) {
    Pass pass = passOf(context).current();
    Memory dy = Rows.align(context, "dy", outputGradient, pass.output);
    INDArray inputGradient = context.scratchLike("dx", pass.output);
    Memory dx = context.dense("dx", inputGradient);
    int length = Rows.length(pass.output);
    Vec in = context.window("x", length);
    Vec given = context.window("dy", length);
    Vec negative = context.vec("negative", length);
    Vec result = context.window("dx", length);
    for (int row = 0; row < pass.map.rows(); row++) {
      in.reads(pass.x, (long) row * length);
      given.reads(dy, (long) row * length);
      pass.addToGradient(context, row, negative.clip(in, -INFINITY, 0), given);
      negative.passInside(in, given, -INFINITY, 0, 1);
      result.writes(dx, (long) row * length).passInside(in, given, 0, INFINITY, 1);
      result.addProduct(pass.alpha(context, row), negative).done();
    }
    return inputGradient;
  }

  private static KeptPass passOf(LayerContext context) {
    return context.plan("pass", KeptPass.class, KeptPass::new);
  }

  private static final class KeptPass extends Kept<Pass> {}

  /** Input, output and the place of alpha for each row, for one layout of the input. */
  private static final class Pass {
    private Memory x;
    private final INDArray output;
    private final RowMap map;
    private final int alphas;

    Pass(LayerContext context, INDArray input) {
      x = context.dense("x", input);
      output = context.scratchLike("y", input);
      // Without a batch axis alpha is the same for all samples.
      INDArray alpha = context.parameter(ALPHA).array();
      INDArray withBatch = alpha.reshape('c', withBatch(alpha.shape()));
      map = RowMap.broadcast(output, withBatch);
      alphas = Rows.length(withBatch);
    }

    private static long[] withBatch(long[] shape) {
      long[] longer = new long[shape.length + 1];
      longer[0] = 1;
      System.arraycopy(shape, 0, longer, 1, shape.length);
      return longer;
    }

    /** The slopes of a row. */
    Vec alpha(LayerContext context, int row) {
      Vec own = context.window(ALPHA, alphas).reads(context.parameter(ALPHA), map.offset(row));
      int length = Rows.length(output);
      return alphas == length ? own : context.vec(ALPHA, length).fill(own.get(0));
    }

    void addToGradient(LayerContext context, int row, Vec negative, Vec dy) {
      Vec sum = context.window("dalpha", alphas).updates(context.gradient(ALPHA), map.offset(row));
      if (alphas == negative.length()) {
        sum.addProduct(negative, dy);
      } else {
        sum.set(0, sum.get(0) + negative.dot(dy));
      }
      sum.done();
    }
  }

  /**
   * The keys.
   *
   * @param alphaInitializer draws alpha
   * @param alphaRegularizer the penalty on alpha
   * @param alphaConstraint what alpha is brought back to
   * @param sharedAxes the axes along which alpha is the same, counted from 1
   */
  @Description(
      "A rectified linear unit whose slope for negative x is learned: y = x for x > 0, else alpha *"
          + " x.")
  public record Config(
      @Description("what draws alpha, the slopes for negative x") @Default("zeros")
          Initializer alphaInitializer,
      @Description("the penalty on alpha; null for none") @Nullable Regularizer alphaRegularizer,
      @Description("what alpha is brought back to after every update; null for nothing")
          @Nullable Constraint alphaConstraint,
      @Description(
              "the axes along which alpha is the same, counted from 1 without the batch axis: [1]"
                  + " has one slope a feature for all steps of a sequence; null for none")
          @Nullable List<Integer> sharedAxes) {
    List<Integer> shared() {
      return sharedAxes == null ? List.of() : sharedAxes;
    }
  }

  /** Brings {@code PReLU}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "PReLU";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new PReLU(config);
    }
  }
}
