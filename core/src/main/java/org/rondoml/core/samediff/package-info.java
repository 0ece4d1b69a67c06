/**
 * Layers of which only the forward equation is written, with ND4J's {@code SameDiff}; the gradients
 * come by themselves.
 *
 * <p>A complete layer, usable as {@code acme/GatedDense: {units: 8}} or {@code GatedDense: 8}; what
 * a provider is, and how a jar brings one, tells the page of {@link org.rondoml.core.spi}:
 *
 * <pre>{@code
 * package com.acme;
 *
 * import jakarta.validation.constraints.Positive;
 * import java.util.List;
 * import org.jspecify.annotations.Nullable;
 * import org.nd4j.autodiff.samediff.SDVariable;
 * import org.nd4j.autodiff.samediff.SameDiff;
 * import org.rondoml.api.Semantics;
 * import org.rondoml.api.Shape;
 * import org.rondoml.core.samediff.SameDiffLayer;
 * import org.rondoml.core.samediff.Terms;
 * import org.rondoml.core.spi.Default;
 * import org.rondoml.core.spi.Description;
 * import org.rondoml.core.spi.Initializer;
 * import org.rondoml.core.spi.Layer;
 * import org.rondoml.core.spi.ParameterSpec;
 * import org.rondoml.core.spi.Regularizer;
 * import org.rondoml.core.spi.ShapeMismatchException;
 *
 * // y = (x W + b) * sigmoid(x V + c)
 * public final class GatedDense extends SameDiffLayer {
 *
 *   @Description("A dense layer whose outputs each have a gate: a gated linear unit.")
 *   public record Config(
 *       @Positive @Description("Length of the output.") int units,
 *       @Default("GlorotUniform") @Description("First values of the kernels.")
 *           Initializer kernelInitializer,
 *       @Default("Zeros") @Description("First values of the biases.")
 *           Initializer biasInitializer,
 *       @Description("The kernels' penalty; null for none.") @Nullable
 *           Regularizer kernelRegularizer) {}
 *
 *   public static final class Provider implements Layer.Provider<Config> {
 *     @Override
 *     public String id() {
 *       return "acme/GatedDense";
 *     }
 *
 *     @Override
 *     public Class<Config> configType() {
 *       return Config.class;
 *     }
 *
 *     @Override
 *     public Layer create(Config config, Semantics semantics) {
 *       return new GatedDense(config);
 *     }
 *   }
 *
 *   private final Config config;
 *
 *   public GatedDense(Config config) {
 *     this.config = config;
 *   }
 *
 *   @Override
 *   protected Shape outputShape(List<Shape> inputs) {
 *     Shape input = inputs.get(0);
 *     if (input.rank() != 1) {
 *       throw new ShapeMismatchException(
 *           "found input of shape " + input + ", expected (features): TimeDistributed applies it"
 *               + " to every step of a sequence");
 *     }
 *     return Shape.of(config.units());
 *   }
 *
 *   @Override
 *   public List<ParameterSpec> parameters(List<Shape> inputs) {
 *     Shape kernel = Shape.of(inputs.get(0).dimension(0), config.units());
 *     Shape bias = Shape.of(config.units());
 *     return List.of(
 *         new ParameterSpec("kernel", kernel, config.kernelInitializer())
 *             .with(config.kernelRegularizer(), null),
 *         new ParameterSpec("bias", bias, config.biasInitializer()),
 *         new ParameterSpec("gate_kernel", kernel, config.kernelInitializer())
 *             .with(config.kernelRegularizer(), null),
 *         new ParameterSpec("gate_bias", bias, config.biasInitializer()));
 *   }
 *
 *   @Override
 *   protected SDVariable define(SameDiff sd, Terms terms) {
 *     SDVariable x = terms.input();
 *     SDVariable value = x.mmul(terms.parameter("kernel")).add(terms.parameter("bias"));
 *     SDVariable gate = x.mmul(terms.parameter("gate_kernel")).add(terms.parameter("gate_bias"));
 *     return value.mul(sd.nn().sigmoid(gate));
 *   }
 * }
 * }</pre>
 *
 * <h2>What to look out for</h2>
 *
 * <ul>
 *   <li>{@code SDVariable.mmul} takes arrays of the same rank. A sequence is multiplied with {@code
 *       sd.tensorMmul(x, kernel, new int[] {2}, 0)}, or by a layer inside {@code TimeDistributed}.
 *   <li>Masks go on where {@link org.rondoml.core.spi.Layer#keepsMask} is overridden; {@link
 *       org.rondoml.core.samediff.Terms#mask} has one as numbers.
 *   <li>An equation that computes samples from each other says so, {@link
 *       org.rondoml.core.spi.Layer#mixesSamples}; else it sees a part of the batch, and a sample
 *       that is alone twice.
 *   <li>Some operations of ND4J 1.0.0-M2.1 have wrong gradients, above all where a single number or
 *       a row is spread over an array. Those of division, maximum, minimum and squared difference
 *       are replaced here; {@code LayerContract} of {@code rondo-tck} finds others.
 *   <li>Where the native code of an operation fails, it prints a line to standard output.
 * </ul>
 *
 * <h2>What it costs</h2>
 *
 * <p>SameDiff runs an equation once, at a shard's first step; then what it ran is run again in the
 * same memory, an operation at a time, at some microseconds an operation. Dense with a sigmoid, 256
 * units and 32 rows takes 1.6 times as long as the built-in one, forward and backward (400 µs
 * against 250): {@code examples/benchmarks/jmh/run SameDiff}. A layer with a loop over time is
 * better written as a cell ({@code org.rondoml.rnn}).
 *
 * <p>Asked at every step, as {@code SameDiff.calculateGradients} has it, SameDiff would find out
 * each time what to run, compute the forward pass once more, print to standard output, and take
 * native memory that only the garbage collector gives back.
 */
@NullMarked
package org.rondoml.core.samediff;

import org.jspecify.annotations.NullMarked;
