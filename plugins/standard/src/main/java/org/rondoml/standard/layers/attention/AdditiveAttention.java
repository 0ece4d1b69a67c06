package org.rondoml.standard.layers.attention;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
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
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.initializers.GlorotUniform;

/**
 * Additive attention (Bahdanau's):
 *
 * <pre>
 * s_ij = scale · tanh(q_i + k_j)
 * w_ij = exp(s_ij) / sum_j exp(s_ij)
 * o_i  = sum_j w_ij v_j
 * </pre>
 *
 * <p>with a vector of the query's depth as scale, or ones without {@code use_scale}. Inputs,
 * shapes, masks and gradients: as {@link DenseAttention}, {@link TanhScores} and {@link
 * AttentionWeights} have them. Bahdanau et al., "Neural machine translation by jointly learning to
 * align and translate", ICLR 2015. Source: Keras, {@code
 * keras/src/layers/attention/additive_attention.py}.
 */
public final class AdditiveAttention extends DenseAttention {
  private static final String SCALE = "scale";

  private final Config config;
  private final Semantics semantics;

  /** The layer with its keys. */
  public AdditiveAttention(Config config, Semantics semantics) {
    super(config.useCausalMask(), config.dropout(), config.seed());
    this.config = config;
    this.semantics = semantics;
  }

  @Override
  public List<ParameterSpec> parameters(List<Shape> inputs) {
    if (!config.useScale()) {
      return List.of();
    }
    long depth = inputs.get(0).dimension(1);
    long width = inputs.get(1).dimension(1);
    if (semantics != Semantics.KERAS3 && width != depth) {
      throw new ShapeMismatchException(
          "found a query of shape "
              + inputs.get(0)
              + " and a value of shape "
              + inputs.get(1)
              + ": in semantics "
              + semantics
              + " the scale has the value's number of features and must fit the query; give both"
              + " the same, or write use_scale: false or semantics: keras3");
    }
    return List.of(
        new ParameterSpec(
            SCALE, Shape.of(depth), new GlorotUniform(new GlorotUniform.Config(null))));
  }

  @Override
  Scores scores(LayerContext context, AttentionSizes sizes) {
    return new TanhScores(context, sizes, null, null, config.useScale() ? SCALE : null);
  }

  @Override
  long flopsOfScore(long depth) {
    return 2 * depth;
  }

  /**
   * The keys.
   *
   * @param useScale whether a vector weights the features
   * @param dropout the probability of dropping a weight
   * @param seed another seed, other weights dropped; null for the model's
   * @param useCausalMask whether a step sees none after it
   */
  @Description(
      "Additive attention: each step of a query gets the mean of the values, weighted by how well"
          + " their keys fit.")
  public record Config(
      @Description("whether a vector that is learned weights the features") @Default("true")
          boolean useScale,
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

  /** Brings {@code AdditiveAttention}. */
  public static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "AdditiveAttention";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      return new AdditiveAttention(config, semantics);
    }
  }
}
