package org.rondoml.standard.layers.normalization;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.core.spi.Regularizer;
import org.rondoml.core.spi.UnaryLayer;

/**
 * Brings each sample, or each of its rows along some axes, to mean 0 and variance 1, then to a mean
 * and a deviation that are learnt. For a row x of length m:
 *
 * <pre>
 * mean     = sum of x / m
 * variance = sum of (x - mean)² / m
 * inv      = 1 / sqrt(variance + epsilon)
 * u        = (x - mean) · inv
 * y        = gamma · u + beta
 * </pre>
 *
 * <p>The gradients are
 *
 * <pre>
 * dgamma = sum of dy · u over rows
 * dbeta  = sum of dy over rows
 * g      = dy · gamma
 * dx     = inv · (g - sum of g / m - u · sum of g u / m)
 * </pre>
 *
 * <p>With {@code rms_scaling}, which Keras itself calls wrong, nothing is subtracted:
 *
 * <pre>
 * y  = gamma · x · inv
 * dx = inv · (g - u · sum of g x inv / m)
 * </pre>
 *
 * <p>Parameters: {@code gamma} and {@code beta}, of the shape of the axes that are normalized. x
 * and y have the same shape; the mask stays.
 *
 * <p>Source: Ba, Kiros and Hinton, "Layer normalization", 2016; Keras, {@code
 * keras/src/layers/normalization/layer_normalization.py}.
 */
public final class LayerNormalization implements UnaryLayer {
  private static final String GAMMA = "gamma";
  private static final String BETA = "beta";

  private final Config config;
  private final Semantics semantics;
  private final boolean scales;
  private final boolean centers;

  /** The layer with its keys. */
  public LayerNormalization(Config config, Semantics semantics) {
    this.config = config;
    this.semantics = semantics;
    scales = config.scale() || config.rmsScaling();
    centers = config.center() && !config.rmsScaling();
  }

  @Override
  public Shape outputShape(Shape input) {
    LastAxes.of(config.axis(), input);
    return input;
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    Shape shape = parameterShape(input);
    List<ParameterSpec> parameters = new ArrayList<>();
    if (scales) {
      parameters.add(
          new ParameterSpec(GAMMA, shape, config.gammaInitializer())
              .with(config.gammaRegularizer(), config.gammaConstraint()));
    }
    if (centers) {
      parameters.add(
          new ParameterSpec(BETA, shape, config.betaInitializer())
              .with(config.betaRegularizer(), config.betaConstraint()));
    }
    return parameters;
  }

  /**
   * The sizes of the axes in the order that Keras takes them in: sorted as they are written, in
   * tf_keras not sorted. The parameters' values lie in the order of the axes in any case.
   */
  private Shape parameterShape(Shape input) {
    List<Integer> axes = new ArrayList<>(config.axis());
    if (semantics == Semantics.KERAS3) {
      axes.sort(null);
    }
    return new Shape(
        axes.stream().map(axis -> input.dimension(axis < 0 ? axis : axis - 1)).toList());
  }

  @Override
  public boolean keepsMask() {
    return true;
  }

  /** y and dx. */
  @Override
  public Cost cost(List<Shape> inputs) {
    Shape input = inputs.get(0);
    return new Cost(0, 0, input.isKnown() ? 2 * input.size() : 0);
  }

  @Override
  public INDArray forward(LayerContext context, INDArray input) {
    Shape sample = Shape.of(Arrays.copyOfRange(input.shape(), 1, input.rank()));
    LastAxes axes = LastAxes.of(config.axis(), sample);
    Memory x = context.rowMajor("x", axes.see(input));
    Saved saved = context.plan("saved", Saved.class, Saved::new);
    saved.x = x;
    saved.axes = axes;
    int m = axes.rowLength(x.array());
    Memory y = context.dense("y", context.scratch("y", x.array().shape()));
    Vec gamma = context.vec(GAMMA, m);
    Vec beta = context.vec(BETA, m);
    if (scales) {
      gamma.load(context.parameter(GAMMA), 0);
    }
    if (centers) {
      beta.load(context.parameter(BETA), 0);
    }
    Vec row = context.window("x", m);
    Vec centered = context.vec("x - mean", m);
    Vec out = context.window("y", m);
    for (long at = 0; at < x.length(); at += m) {
      row.reads(x, at);
      double inv = center(row, centered);
      out.writes(y, at).scale(config.rmsScaling() ? row : centered, inv);
      if (scales) {
        out.multiply(out, gamma);
      }
      if (centers) {
        out.add(out, beta);
      }
      out.done();
    }
    return axes.back(y.array());
  }

  /** Computes x - mean, and returns inv. */
  private double center(Vec x, Vec centered) {
    int m = x.length();
    centered.affine(x, 1, -x.sum() / m);
    return 1 / Math.sqrt(centered.dot(centered) / m + config.epsilon());
  }

  @Override
  public INDArray backward(LayerContext context, INDArray outputGradient) {
    Saved saved = context.plan("saved", Saved.class, Saved::new);
    Memory x = saved.x();
    LastAxes axes = saved.axes();
    int m = axes.rowLength(x.array());
    Memory dy = context.rowMajor("dy", axes.see(outputGradient));
    Memory dx = context.dense("dx", context.scratch("dx", x.array().shape()));
    Vec gamma = context.vec(GAMMA, m);
    Vec row = context.window("x", m);
    Vec dyRow = context.window("dy", m);
    Vec u = context.vec("u", m);
    Vec xInv = context.vec("x inv", m);
    Vec g = context.vec("g", m);
    Vec out = context.window("dx", m);
    ColumnSum dgamma = new ColumnSum(context, "dgamma", m);
    ColumnSum dbeta = new ColumnSum(context, "dbeta", m);
    dgamma.begin();
    dbeta.begin();
    for (long at = 0; at < x.length(); at += m) {
      row.reads(x, at);
      dyRow.reads(dy, at);
      double inv = center(row, u);
      u.scale(u, inv);
      // what gamma multiplies
      Vec scaled = config.rmsScaling() ? xInv.scale(row, inv) : u;
      g.copy(dyRow);
      if (scales) {
        dgamma.addProduct(dyRow, scaled);
        g.multiply(dyRow, gamma);
      }
      if (centers) {
        dbeta.add(dyRow);
      }
      double ofMean = config.rmsScaling() ? 0 : g.sum() / m;
      out.writes(dx, at).affine(g, inv, -inv * ofMean);
      out.addScaled(u, -inv * g.dot(scaled) / m).done();
    }
    if (scales) {
      add(context, GAMMA, dgamma.end());
    }
    if (centers) {
      add(context, BETA, dbeta.end());
    }
    return axes.back(dx.array());
  }

  private static void add(LayerContext context, String parameter, Vec gradient) {
    Vec sum = context.window("gradient", gradient.length());
    sum.updates(context.gradient(parameter), 0).add(sum, gradient).done();
  }

  /** What goes from forward to backward. */
  private static final class Saved {
    private @Nullable Memory x;
    private @Nullable LastAxes axes;

    Memory x() {
      Memory saved = x;
      if (saved == null) {
        throw new IllegalStateException("backward before forward");
      }
      return saved;
    }

    LastAxes axes() {
      LastAxes saved = axes;
      if (saved == null) {
        throw new IllegalStateException("backward before forward");
      }
      return saved;
    }
  }

  /**
   * The keys.
   *
   * @param axis the axes that are normalized together
   * @param epsilon what is added to the variance
   * @param center whether beta is added
   * @param scale whether gamma multiplies
   * @param rmsScaling whether no mean is subtracted
   * @param betaInitializer draws beta
   * @param gammaInitializer draws gamma
   * @param betaRegularizer the penalty on beta
   * @param gammaRegularizer the penalty on gamma
   * @param betaConstraint what beta is brought back to
   * @param gammaConstraint what gamma is brought back to
   */
  @Description(
      "Brings each row along some axes to mean 0 and variance 1, then to a mean and a deviation"
          + " that are learnt.")
  public record Config(
      @Description("the axis or the axes that make a row; the samples' is 0, the last one -1")
          @Default("-1")
          @NotEmpty
          List<Integer> axis,
      @Description("what is added to the variance, against division by zero")
          @Default("0.001")
          @PositiveOrZero
          double epsilon,
      @Description("whether to add beta") @Default("true") boolean center,
      @Description("whether to multiply by gamma") @Default("true") boolean scale,
      @Description("whether only to divide by the deviation, with gamma and without beta")
          @KnownIn(
              value = Semantics.KERAS3,
              cure = "tf_keras subtracts the mean in any case; leave it out")
          @Default("false")
          boolean rmsScaling,
      @Description("what draws beta") @Default("zeros") Initializer betaInitializer,
      @Description("what draws gamma") @Default("ones") Initializer gammaInitializer,
      @Description("a penalty on beta") @Nullable Regularizer betaRegularizer,
      @Description("a penalty on gamma") @Nullable Regularizer gammaRegularizer,
      @Description("what beta is brought back to after every update")
          @Nullable Constraint betaConstraint,
      @Description("what gamma is brought back to after every update")
          @Nullable Constraint gammaConstraint) {
    /** Copies the axes. */
    public Config {
      axis = List.copyOf(axis);
    }
  }

  /** Brings {@code LayerNormalization}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "LayerNormalization";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new LayerNormalization(config, semantics);
    }
  }
}
