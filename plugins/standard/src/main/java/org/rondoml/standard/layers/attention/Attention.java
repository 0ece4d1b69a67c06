package org.rondoml.standard.layers.attention;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Alias;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.ParameterSpec;
import org.rondoml.standard.initializers.Ones;

/**
 * Attention by dot products (Luong's) or by the hyperbolic tangents of sums:
 *
 * <pre>
 * dot:     s_ij = scale q_i · k_j
 * concat:  s_ij = concat_score_weight sum_d tanh(scale (q_i + k_j))_d
 * w_ij     = exp(s_ij) / sum_j exp(s_ij)
 * o_i      = sum_j w_ij v_j
 * </pre>
 *
 * <p>with 1 for scale unless {@code use_scale}; both parameters are numbers. Inputs, shapes, masks
 * and gradients: as {@link DenseAttention}, {@link DotScores}, {@link TanhScores} and {@link
 * AttentionWeights} have them. Luong et al., "Effective approaches to attention-based neural
 * machine translation", EMNLP 2015. Source: Keras, {@code keras/src/layers/attention/attention.py}.
 */
public final class Attention extends DenseAttention {
  private static final String SCALE = "scale";
  private static final String WEIGHT = "concat_score_weight";

  private final Config config;

  /** The layer with its keys. */
  public Attention(Config config) {
    super(config.useCausalMask(), config.dropout(), config.seed());
    this.config = config;
  }

  /** How scores are computed. */
  public enum ScoreMode {
    /** Dot products. */
    DOT,
    /** Sums of hyperbolic tangents. */
    CONCAT
  }

  @Override
  public List<ParameterSpec> parameters(List<Shape> inputs) {
    List<ParameterSpec> parameters = new ArrayList<>();
    if (config.useScale()) {
      parameters.add(new ParameterSpec(SCALE, Shape.of(), new Ones()));
    }
    if (config.scoreMode() == ScoreMode.CONCAT) {
      parameters.add(new ParameterSpec(WEIGHT, Shape.of(), new Ones()));
    }
    return parameters;
  }

  @Override
  Scores scores(LayerContext context, AttentionSizes sizes) {
    String scale = config.useScale() ? SCALE : null;
    return config.scoreMode() == ScoreMode.DOT
        ? new DotScores(context, sizes, 1, scale)
        : new TanhScores(context, sizes, scale, WEIGHT, null);
  }

  @Override
  long flopsOfScore(long depth) {
    return 2 * depth;
  }

  /**
   * The keys.
   *
   * @param useScale whether scores are scaled by a parameter
   * @param scoreMode how scores are computed
   * @param dropout the probability of dropping a weight
   * @param seed another seed, other weights dropped; null for the model's
   * @param useCausalMask whether a step sees none after it
   */
  @Description(
      "Dot-product attention: each step of a query gets the mean of the values, weighted by how well"
          + " their keys fit.")
  public record Config(
      @Description("whether scores are scaled by a number that is learned") @Default("false")
          boolean useScale,
      @Description(
              "how scores are computed: dot for dot products, concat for sums of hyperbolic tangents"
                  + " of query plus key")
          @Default("dot")
          ScoreMode scoreMode,
      @Description("the probability of dropping a weight in training")
          @Default("0.0")
          @DecimalMin("0")
          @DecimalMax(value = "1", inclusive = false)
          double dropout,
      @Description("mixed into the model's seed: another number drops other weights")
          @Nullable Long seed,
      @Description(
              "whether a step sees none after its own; in Keras an argument of the call, in tf_keras"
                  + " also causal")
          @Default("false")
          @Alias(
              value = "causal",
              in = {Semantics.TF1, Semantics.TF2})
          boolean useCausalMask) {}

  /** Brings {@code Attention}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "Attention";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new Attention(config);
    }
  }
}
