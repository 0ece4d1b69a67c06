package org.rondoml.core.spi;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Shape;

/**
 * A layer: pure and stateless. Everything that changes lives in the {@link LayerContext} it is
 * handed, so one layer object runs on many shards at once.
 *
 * <p>Shapes leave out the batch axis; arrays have it in front. Implement {@link UnaryLayer} where
 * there is one input and one output.
 *
 * <p>A complete layer with a parameter, usable as {@code acme/Gain} or {@code Gain:
 * {gain_regularizer: l2}}. The axes of an array may lie in memory in another order than they are
 * counted in; here everything is copied to where they don't:
 *
 * <pre>{@code
 * package com.acme;
 *
 * import java.util.List;
 * import org.jspecify.annotations.Nullable;
 * import org.nd4j.linalg.api.ndarray.INDArray;
 * import org.rondoml.api.Semantics;
 * import org.rondoml.api.Shape;
 * import org.rondoml.core.compute.Memory;
 * import org.rondoml.core.compute.Vec;
 * import org.rondoml.core.spi.Default;
 * import org.rondoml.core.spi.Description;
 * import org.rondoml.core.spi.Initializer;
 * import org.rondoml.core.spi.Layer;
 * import org.rondoml.core.spi.LayerContext;
 * import org.rondoml.core.spi.ParameterSpec;
 * import org.rondoml.core.spi.Regularizer;
 * import org.rondoml.core.spi.UnaryLayer;
 *
 * public final class Gain implements UnaryLayer {
 *
 *   @Description("Multiplies each feature by a number of its own: y = g * x, learning g.")
 *   public record Config(
 *       @Default("Ones") @Description("Draws the first numbers.") Initializer gainInitializer,
 *       @Description("Their penalty; null for none.") @Nullable Regularizer gainRegularizer) {}
 *
 *   public static final class Provider implements Layer.Provider<Config> {
 *     @Override
 *     public String id() {
 *       return "acme/Gain";
 *     }
 *
 *     @Override
 *     public Class<Config> configType() {
 *       return Config.class;
 *     }
 *
 *     @Override
 *     public Layer create(Config config, Semantics semantics) {
 *       return new Gain(config);
 *     }
 *   }
 *
 *   private final Config config;
 *
 *   public Gain(Config config) {
 *     this.config = config;
 *   }
 *
 *   @Override
 *   public Shape outputShape(Shape input) {
 *     return input;
 *   }
 *
 *   @Override
 *   public List<ParameterSpec> parameters(Shape input) {
 *     return List.of(
 *         new ParameterSpec("gain", Shape.of(input.dimension(-1)), config.gainInitializer())
 *             .with(config.gainRegularizer(), null));
 *   }
 *
 *   @Override
 *   public boolean keepsMask() {
 *     return true;
 *   }
 *
 *   @Override
 *   public INDArray forward(LayerContext context, INDArray input) {
 *     Memory x = copy(context, "x", input);
 *     INDArray output = context.scratch("y", input.shape());
 *     Memory y = context.dense("y", output);
 *     Vec g = gain(context);
 *     Vec row = context.vec("row", g.length());
 *     for (long at = 0; at < x.length(); at += g.length()) {
 *       row.multiply(row.load(x, at), g).store(y, at);
 *     }
 *     return output;
 *   }
 *
 *   @Override
 *   public INDArray backward(LayerContext context, INDArray outputGradient) {
 *     // x is as forward left it.
 *     Memory x = context.dense("x", context.scratch("x", outputGradient.shape()));
 *     Memory dy = copy(context, "dy", outputGradient);
 *     INDArray inputGradient = context.scratch("dx", outputGradient.shape());
 *     Memory dx = context.dense("dx", inputGradient);
 *     Vec g = gain(context);
 *     Vec dg = context.vec("dg", g.length()).load(context.gradient("gain"), 0);
 *     Vec row = context.vec("row", g.length());
 *     Vec product = context.vec("product", g.length());
 *     for (long at = 0; at < x.length(); at += g.length()) {
 *       row.load(dy, at);
 *       dg.add(dg, product.multiply(product.load(x, at), row));
 *       row.multiply(row, g).store(dx, at);
 *     }
 *     dg.store(context.gradient("gain"), 0);
 *     return inputGradient;
 *   }
 *
 *   private static Vec gain(LayerContext context) {
 *     Memory gain = context.parameter("gain");
 *     return context.vec("g", (int) gain.length()).load(gain, 0);
 *   }
 *
 *   private static Memory copy(LayerContext context, String key, INDArray array) {
 *     return context.dense(key, context.scratch(key, array.shape()).assign(array));
 *   }
 * }
 * }</pre>
 */
@Kind(value = "layer", arguments = LayerArguments.class)
public interface Layer {
  /**
   * The shapes of the outputs for shapes of the inputs.
   *
   * @throws ShapeMismatchException where the inputs don't fit
   */
  List<Shape> outputShapes(List<Shape> inputs);

  /** The parameters for shapes of the inputs, in the order of Keras' {@code get_weights()}. */
  default List<ParameterSpec> parameters(List<Shape> inputs) {
    return List.of();
  }

  /**
   * Computes the outputs.
   *
   * @param inputs arrays of shape (batch, ...) in the model's precision; not to be written to
   * @return arrays of shape (batch, ...); usually {@linkplain LayerContext#scratch scratch} of the
   *     context
   */
  List<INDArray> forward(LayerContext context, List<INDArray> inputs);

  /**
   * Adds the gradients of the parameters to {@link LayerContext#gradient} and returns those of the
   * inputs. Called after {@link #forward} with the same context, whose scratch still holds what
   * forward left there.
   *
   * @param outputGradients for each output the gradient of the loss, of the output's shape; not to
   *     be written to
   * @return for each input the gradient of the loss, of the input's shape; any array for an input
   *     whose gradient is not {@linkplain LayerContext#needsInputGradient needed}
   */
  List<INDArray> backward(LayerContext context, List<INDArray> outputGradients);

  /**
   * Whether the first output has the mask of the first input: Keras' {@code supports_masking}.
   * Where it is false, masks end here.
   */
  default boolean keepsMask() {
    return false;
  }

  /**
   * The masks of the outputs; called after {@link #forward} with the same context and inputs.
   * Whether an output has a mask is a matter of the layer and of the inputs' masks, never of
   * values: one whose steps all count has a mask that says so.
   *
   * @return for each output its mask or null; outputs beyond the end of the list have none
   */
  default List<@Nullable Mask> outputMasks(LayerContext context, List<INDArray> inputs) {
    return keepsMask() && !inputs.isEmpty()
        ? Collections.singletonList(context.mask(0))
        : List.of();
  }

  /**
   * Whether {@code trainable: false} freezes this layer's parameters. Keras 3 passes over it where
   * they belong to other layers inside; those can be frozen themselves.
   */
  default boolean heedsTrainable() {
    return true;
  }

  /** A penalty on the outputs that is added to the loss, divided by the size of the batch. */
  default Optional<Regularizer> activityRegularizer() {
    return Optional.empty();
  }

  /**
   * Whether the loss depends on a parameter. Like Keras', an optimizer leaves out a parameter that
   * the loss doesn't depend on, where a gradient of zeros would still have it decayed.
   *
   * @param parameter the parameter's name
   * @param outputs for each output whether the loss depends on it; it does on one at least
   */
  default boolean reachesParameter(String parameter, List<Boolean> outputs) {
    return true;
  }

  /**
   * Whether the loss depends on an input.
   *
   * @param input which of the inputs
   * @param inputs how many inputs there are
   * @param outputs for each output whether the loss depends on it; it does on one at least
   */
  default boolean reachesInput(int input, int inputs, List<Boolean> outputs) {
    return true;
  }

  /**
   * Whether training computes a sample together with the others of its batch, as batch
   * normalization does. A batch of a model with such a layer is not cut into shards.
   */
  default boolean mixesSamples() {
    return false;
  }

  /**
   * Whether something is kept {@linkplain LayerContext#state from batch to batch}. Batches of a
   * model with such a layer all have the same size.
   */
  default boolean isStateful() {
    return false;
  }

  /** What a sample costs; {@code rondo check} adds it up. */
  default Cost cost(List<Shape> inputs) {
    return Cost.of(parameters(inputs), outputShapes(inputs));
  }

  /**
   * How many things the numbers of this layer's input can stand for, from 0, such as {@code
   * input_dim} of an embedding; empty where the input is no such numbers. So data that has more is
   * told before training.
   */
  default OptionalLong inputClasses() {
    return OptionalLong.empty();
  }

  /**
   * The activation whose result this layer puts out unchanged, if any. Where its {@linkplain
   * Activation#link link} is softmax or sigmoid, a loss that would rather start from what went into
   * it (cross-entropy after softmax) reads {@link LayerContext#LOGITS} and passes their gradient to
   * {@link #backwardFromLogits}.
   */
  default Optional<Activation> outputActivation() {
    return Optional.empty();
  }

  /**
   * As {@link #backward}, but from the gradient of what went into the {@link #outputActivation}.
   *
   * @param logitsGradient the gradient of the loss by the array that forward left as {@link
   *     LayerContext#LOGITS}
   */
  default List<INDArray> backwardFromLogits(LayerContext context, INDArray logitsGradient) {
    throw new IllegalStateException(getClass().getName() + " declares no output activation");
  }

  /** Brings a layer. */
  interface Provider<C extends Record> extends ComponentProvider<C, Layer> {
    @Override
    default Class<Layer> kind() {
      return Layer.class;
    }
  }
}
