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
 * writes them through its {@link org.rondoml.core.spi.LayerContext}; a recurrent layer starts from
 * {@code org.rondoml.rnn.FusedCell}.
 */
@NullMarked
package org.rondoml.core.spi;

import org.jspecify.annotations.NullMarked;
