package org.rondoml.standard.layers.normalization;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.ConfigException;
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
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.core.spi.UnaryLayer;

/**
 * Brings each channel to mean 0 and variance 1 over the samples of a batch and all other axes, then
 * to a mean and a deviation that are learnt. In training, with the rows i of x along the channel
 * axis, their weights w_i (0 where masked, else 1) and n = sum of w:
 *
 * <pre>
 * mean     = sum of w_i x_i / n
 * variance = sum of w_i (x_i - mean)² / n
 * inv      = 1 / sqrt(variance + epsilon)
 * u_i      = (x_i - mean) · inv
 * y_i      = gamma · u_i + beta
 *
 * moving_mean     = moving_mean · momentum + mean · (1 - momentum)
 * moving_variance = moving_variance · momentum + variance · (1 - momentum)
 * </pre>
 *
 * <p>The moving averages stand for mean and variance in inference, and wherever the layer is not
 * trainable. The gradients are
 *
 * <pre>
 * dgamma    = sum of dy_i · u_i
 * dbeta     = sum of dy_i
 * g_i       = dy_i · gamma
 * dvariance = -1/2 inv² · sum of g_i u_i
 * dmean     = -inv · sum of g_i
 * dx_i      = g_i · inv + w_i (dmean + 2 (x_i - mean) dvariance) / n
 * </pre>
 *
 * <p>Keras 3 adds 10⁻⁷ to n where there is a mask, and so does this, with what it adds to dmean.
 *
 * <p>With {@code renorm} (Ioffe, "Batch renormalization", 2017), y_i = gamma · (u_i · r + d) + beta
 * in training; r and d bring u to what moving averages of their own would make of x, and count as
 * constants of the gradient:
 *
 * <pre>
 * stddev = sqrt(variance + epsilon)
 * r      = stddev / renorm_stddev             clipped to rmin, rmax
 * d      = (mean - renorm_mean) / renorm_stddev   clipped to -dmax, dmax
 * </pre>
 *
 * <p>Parameters: {@code gamma}, {@code beta}, and not trained {@code moving_mean}, {@code
 * moving_variance}, with renorm {@code moving_stddev}, {@code renorm_mean}, {@code renorm_stddev},
 * each as long as the channel axis. x and y have the same shape; the mask stays.
 *
 * <p>Source: Ioffe and Szegedy, "Batch normalization", 2015; Keras, {@code
 * keras/src/layers/normalization/batch_normalization.py}. tf_keras computes images in single
 * precision by a fused kernel, which multiplies the variance for its moving average by m / (m - 1)
 * with m rows, minds no mask, and takes an epsilon of at least 1.001 · 10⁻⁵.
 */
public final class BatchNormalization implements UnaryLayer {
  static final String GAMMA = "gamma";
  static final String BETA = "beta";
  static final String MOVING_MEAN = "moving_mean";
  static final String MOVING_VARIANCE = "moving_variance";
  static final String MOVING_STDDEV = "moving_stddev";
  static final String RENORM_MEAN = "renorm_mean";
  static final String RENORM_STDDEV = "renorm_stddev";

  private final Config config;
  private final Semantics semantics;

  /** The layer with its keys. */
  public BatchNormalization(Config config, Semantics semantics) {
    this.config = config;
    this.semantics = semantics;
  }

  @Override
  public Shape outputShape(Shape input) {
    LastAxes axes = LastAxes.of(config.axis(), input);
    if (Boolean.TRUE.equals(config.fused()) && !canBeFused(axes)) {
      throw new ShapeMismatchException(
          "found fused: true for inputs of shape "
              + input
              + " and axis "
              + config.axis().get(0)
              + ", expected images with their channels on the first or last axis: leave fused out");
    }
    return input;
  }

  /** Whether TensorFlow's fused kernel knows inputs of this rank. */
  private static boolean canBeFused(LastAxes axes) {
    int rank = axes.order().size();
    int axis = axes.axes().get(0);
    return (rank == 4 || rank == 5) && (axis == 1 || axis == rank - 1);
  }

  /** Whether tf_keras computes this by its fused kernel. */
  private boolean isFused(LastAxes axes, Precision precision) {
    return semantics != Semantics.KERAS3
        && precision == Precision.FLOAT32
        && !Boolean.FALSE.equals(config.fused())
        && !config.renorm()
        && canBeFused(axes);
  }

  @Override
  public List<ParameterSpec> parameters(Shape input) {
    int axis = LastAxes.of(config.axis(), input).axes().get(0);
    Shape shape = Shape.of(input.dimension(axis - 1));
    List<ParameterSpec> parameters = new ArrayList<>();
    if (config.scale()) {
      parameters.add(
          new ParameterSpec(GAMMA, shape, config.gammaInitializer())
              .with(config.gammaRegularizer(), config.gammaConstraint()));
    }
    if (config.center()) {
      parameters.add(
          new ParameterSpec(BETA, shape, config.betaInitializer())
              .with(config.betaRegularizer(), config.betaConstraint()));
    }
    Initializer mean = config.movingMeanInitializer();
    Initializer variance = config.movingVarianceInitializer();
    parameters.add(new ParameterSpec(MOVING_MEAN, shape, mean).frozen());
    parameters.add(new ParameterSpec(MOVING_VARIANCE, shape, variance).frozen());
    if (config.renorm()) {
      parameters.add(new ParameterSpec(MOVING_STDDEV, shape, this::movingStddev).frozen());
      parameters.add(new ParameterSpec(RENORM_MEAN, shape, mean).frozen());
      parameters.add(new ParameterSpec(RENORM_STDDEV, shape, this::movingStddev).frozen());
    }
    return parameters;
  }

  private double[] movingStddev(Shape shape, RandomStream random) {
    double[] variance = config.movingVarianceInitializer().initialize(shape, random);
    return Arrays.stream(variance).map(Math::sqrt).toArray();
  }

  @Override
  public boolean mixesSamples() {
    return true;
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
    boolean fused = isFused(axes, context.precision());
    BatchRows rows = context.plan("rows", BatchRows.class, BatchRows::new);
    rows.begin(context, config, semantics, axes, fused, input);
    return axes.back(rows.forward(context));
  }

  @Override
  public INDArray backward(LayerContext context, INDArray outputGradient) {
    BatchRows rows = context.plan("rows", BatchRows.class, BatchRows::new);
    return rows.axes().back(rows.backward(context, outputGradient));
  }

  /**
   * Bounds of {@code renorm}'s corrections; null for none.
   *
   * @param rmax the largest r
   * @param rmin the least r
   * @param dmax the largest d, and minus the least
   */
  @Description("Bounds of renorm's corrections r and d.")
  public record Clipping(
      @Description("the largest r") @Nullable Double rmax,
      @Description("the least r") @Nullable Double rmin,
      @Description("the largest d, and minus the least") @PositiveOrZero @Nullable Double dmax) {
    /** Checks the order of the bounds. */
    public Clipping {
      if (rmax != null && rmin != null && rmax < rmin) {
        throw new ConfigException(
            "rmax", "found rmax " + rmax + " below rmin " + rmin + ", expected it above");
      }
    }
  }

  /**
   * The keys.
   *
   * @param axis the axis of the channels
   * @param momentum what moving averages keep of themselves
   * @param epsilon what is added to the variance
   * @param center whether beta is added
   * @param scale whether gamma multiplies
   * @param betaInitializer draws beta
   * @param gammaInitializer draws gamma
   * @param movingMeanInitializer draws the moving mean
   * @param movingVarianceInitializer draws the moving variance
   * @param betaRegularizer the penalty on beta
   * @param gammaRegularizer the penalty on gamma
   * @param betaConstraint what beta is brought back to
   * @param gammaConstraint what gamma is brought back to
   * @param renorm whether training is corrected by moving averages
   * @param renormClipping bounds of the corrections
   * @param renormMomentum what the averages for the corrections keep of themselves
   * @param fused whether tf_keras' fused kernel is followed
   * @param synchronized_ accepted without effect
   */
  @Description(
      "Brings each channel to mean 0 and variance 1 over a batch, then to a mean and a deviation"
          + " that are learnt.")
  public record Config(
      @Description("the axis of the channels; the samples' is 0, the last one -1")
          @Default("-1")
          @Size(min = 1, max = 1)
          List<Integer> axis,
      @Description("what the moving averages of mean and variance keep of themselves at a step")
          @Default("0.99")
          @DecimalMin("0")
          @DecimalMax("1")
          double momentum,
      @Description("what is added to the variance, against division by zero")
          @Default("0.001")
          @PositiveOrZero
          double epsilon,
      @Description("whether to add beta") @Default("true") boolean center,
      @Description("whether to multiply by gamma") @Default("true") boolean scale,
      @Description("what draws beta") @Default("zeros") Initializer betaInitializer,
      @Description("what draws gamma") @Default("ones") Initializer gammaInitializer,
      @Description("what draws the moving mean") @Default("zeros")
          Initializer movingMeanInitializer,
      @Description("what draws the moving variance") @Default("ones")
          Initializer movingVarianceInitializer,
      @Description("a penalty on beta") @Nullable Regularizer betaRegularizer,
      @Description("a penalty on gamma") @Nullable Regularizer gammaRegularizer,
      @Description("what beta is brought back to after every update")
          @Nullable Constraint betaConstraint,
      @Description("what gamma is brought back to after every update")
          @Nullable Constraint gammaConstraint,
      @Description("batch renormalization: whether moving averages correct training too")
          @Default("false")
          boolean renorm,
      @Description("bounds of renorm's corrections") @Nullable Clipping renormClipping,
      @Description("what the averages for renorm's corrections keep of themselves at a step")
          @Default("0.99")
          @DecimalMin("0")
          @DecimalMax("1")
          double renormMomentum,
      @Description(
              "whether images in float32 are computed as by TensorFlow's fused kernel, with another"
                  + " moving variance and no masks; null where that is possible")
          @KnownIn(
              value = {Semantics.TF1, Semantics.TF2},
              cure = "Keras 3 has no fused kernel; leave it out")
          @Nullable Boolean fused,
      @Description("accepted for Keras' sake: all samples of a batch are in one place anyway")
          @Default("false")
          boolean synchronized_) {
    /** Checks what the keys say together. */
    public Config {
      axis = List.copyOf(axis);
      if (renormClipping != null && !renorm) {
        throw new ConfigException(
            "renorm_clipping", "found bounds of renorm's corrections, but no renorm: true");
      }
      if (renorm && Boolean.TRUE.equals(fused)) {
        throw new ConfigException("fused", "found fused: true with renorm: true, expected one");
      }
    }
  }

  /** Brings {@code BatchNormalization}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "BatchNormalization";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new BatchNormalization(config, semantics);
    }
  }
}
