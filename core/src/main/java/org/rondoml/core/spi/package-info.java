/**
 * What implementers use: the kinds of components, and how a jar brings one.
 *
 * <p>A component is three things in one file: the class that does the work, a config record, and a
 * provider.
 *
 * <ul>
 *   <li>The <b>config record</b> is the single source of truth: its components are the keys of the
 *       YAML file (in snake_case, in the order of Keras' arguments; the first is the one meant by
 *       {@code Name: value}), their types and annotations give the checks, the messages and the
 *       docs. A component of the type {@link org.rondoml.core.spi.Activation}, {@link
 *       org.rondoml.core.spi.Initializer} or any other {@linkplain org.rondoml.core.spi.Kind kind}
 *       is written as a nested component.
 *   <li>The <b>provider</b> names the component and makes it from a checked config.
 *   <li>A line with the provider's class name in {@code
 *       META-INF/services/org.rondoml.core.spi.ComponentProvider} of the jar lets Rondo find it.
 *       Nothing else is needed: drop the jar in a folder and start {@code rondo --plugins FOLDER}.
 * </ul>
 *
 * <p>A complete layer, usable as {@code acme/Scale: {factor: 0.5}}, {@code acme/Scale: 0.5} or
 * plain {@code Scale: 0.5}:
 *
 * <pre>{@code
 * package com.acme;
 *
 * import jakarta.validation.constraints.Positive;
 * import org.nd4j.linalg.api.ndarray.INDArray;
 * import org.rondoml.api.Semantics;
 * import org.rondoml.api.Shape;
 * import org.rondoml.core.compute.Memory;
 * import org.rondoml.core.compute.Vec;
 * import org.rondoml.core.spi.Default;
 * import org.rondoml.core.spi.Description;
 * import org.rondoml.core.spi.Layer;
 * import org.rondoml.core.spi.LayerContext;
 * import org.rondoml.core.spi.UnaryLayer;
 *
 * public final class Scale implements UnaryLayer {
 *
 *   @Description("Multiplies its input by a number: y = factor * x.")
 *   public record Config(
 *       @Positive @Default("2.0") @Description("What to multiply by.") double factor) {}
 *
 *   public static final class Provider implements Layer.Provider<Config> {
 *     @Override
 *     public String id() {
 *       return "acme/Scale";
 *     }
 *
 *     @Override
 *     public Class<Config> configType() {
 *       return Config.class;
 *     }
 *
 *     @Override
 *     public Layer create(Config config, Semantics semantics) {
 *       return new Scale(config.factor());
 *     }
 *   }
 *
 *   private final double factor;
 *
 *   public Scale(double factor) {
 *     this.factor = factor;
 *   }
 *
 *   @Override
 *   public Shape outputShape(Shape input) {
 *     return input;
 *   }
 *
 *   @Override
 *   public INDArray forward(LayerContext context, INDArray x) {
 *     return times(context, "y", x);
 *   }
 *
 *   @Override
 *   public INDArray backward(LayerContext context, INDArray dy) {
 *     return times(context, "dx", dy);
 *   }
 *
 *   private INDArray times(LayerContext context, String key, INDArray array) {
 *     INDArray result = context.scratchLike(key, array);
 *     Memory from = context.dense(key + " from", array);
 *     Memory to = context.dense(key + " to", result);
 *     int length = (int) array.size(array.rank() - 1);
 *     Vec row = context.vec("row", length);
 *     for (long at = 0; at < array.length(); at += length) {
 *       row.load(from, at);
 *       row.scale(row, factor).store(to, at);
 *     }
 *     return result;
 *   }
 * }
 * }</pre>
 *
 * <p>Its service file holds one line, {@code com.acme.Scale$Provider}. The test kit {@code
 * rondo-tck} checks the gradients of such a layer, and more, in a test that overrides one method.
 *
 * <p>A layer with parameters returns {@link org.rondoml.core.spi.ParameterSpec}s and reads and
 * writes them through its {@link org.rondoml.core.spi.LayerContext}: {@link
 * org.rondoml.core.spi.Layer} has such a one in full. {@link org.rondoml.core.spi.Callback} has a
 * complete callback.
 *
 * <p>Two kinds of layers ask for less. Of a {@code org.rondoml.core.samediff.SameDiffLayer} only
 * the forward equation is written, with ND4J's SameDiff, and the gradients come by themselves; of a
 * recurrent layer only a time step, {@code org.rondoml.rnn.FusedCell}, and the loop, masks, states
 * and directions come by themselves. The pages of their packages have a complete one each.
 *
 * <h2>Masks</h2>
 *
 * <p>A {@link org.rondoml.core.spi.Mask} says which steps of the samples count. A layer asks for
 * that of an input with {@link org.rondoml.core.spi.LayerContext#mask}, which is null where all
 * steps count. What becomes of it is one of three things: {@link
 * org.rondoml.core.spi.Layer#keepsMask} passes the first input's on, as an element-wise layer does;
 * {@link org.rondoml.core.spi.Layer#outputMasks} makes masks for the outputs, as {@code Masking}
 * and {@code Embedding} do; and by default it ends here, as where a layer leaves no steps. At the
 * end masks reach losses and metrics, which leave out what doesn't count. A layer that uses its
 * mask is tested with {@code MaskedLayerContract}.
 *
 * <h2>Layers inside others</h2>
 *
 * <p>A key of the type {@link org.rondoml.core.spi.Nested}, {@code Nested<Layer> layer}, takes a
 * layer with the keys that every layer has; {@code List<Nested<Layer>>} takes one or several. The
 * layer around it
 *
 * <ul>
 *   <li>asks for its parameters as its own, {@code config.layer().parameters(inner, "layer", "")},
 *       which gives each the name of its place, {@code layer/kernel} ({@link
 *       org.rondoml.core.spi.ParameterSpec#nested}), and freezes those of a layer that isn't
 *       trainable;
 *   <li>runs it in a context of its own, {@link org.rondoml.core.spi.LayerContext#nested}, which
 *       has scratch memory, random numbers and the parameters of that place; the same for forward
 *       and backward.
 * </ul>
 *
 * <h2>States</h2>
 *
 * <p>Between forward and backward a layer finds what it left in its scratch memory. What is to last
 * longer has one of two places. {@link org.rondoml.core.spi.LayerContext#state} lasts from batch to
 * batch, for a layer that says that it {@linkplain org.rondoml.core.spi.Layer#isStateful is
 * stateful}. A parameter that the layer updates by itself, such as a moving average, is {@linkplain
 * org.rondoml.core.spi.ParameterSpec#frozen frozen}, and its next value is written to {@link
 * org.rondoml.core.spi.LayerContext#next}. Checkpoints hold both.
 *
 * <h2>What users are told</h2>
 *
 * <p>{@code rondo plugins acme/Scale} prints the description, keys, types, ranges and defaults, all
 * from the config record. It also prints a text that the jar may bring, for the update rule, shapes
 * and sources: the resource {@code META-INF/rondo/reference/com.acme.Scale.md}, named after the
 * class that encloses the provider. It is Markdown that reads well as it stands, in lines of at
 * most 100 characters. Rondo's own are made from the Javadoc of these classes.
 */
@NullMarked
package org.rondoml.core.spi;

import org.jspecify.annotations.NullMarked;
