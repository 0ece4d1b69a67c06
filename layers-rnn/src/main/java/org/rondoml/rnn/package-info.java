/**
 * Recurrent layers and the loop over time they share.
 *
 * <p>A {@link org.rondoml.rnn.RecurrentLayer} is a {@link org.rondoml.rnn.FusedCell}, the
 * arithmetic of one step, run by a {@link org.rondoml.rnn.TimeLoop} and back by its {@link
 * org.rondoml.rnn.BackwardLoop}, which compute the matrix products, for all steps at once where
 * they can. They also see to masks, initial states, dropout, direction and what is kept from batch
 * to batch, so that a cell is only what happens at a step.
 *
 * <p>Whoever writes a cell has it in {@code RNN}, alone or stacked upon others. A complete one,
 * usable as {@code RNN: {cell: {acme/LeakyCell: {units: 8, leak: 0.9}}, return_sequences: true}}:
 *
 * <pre>{@code
 * package com.acme;
 *
 * import jakarta.validation.constraints.DecimalMax;
 * import jakarta.validation.constraints.DecimalMin;
 * import jakarta.validation.constraints.Positive;
 * import java.util.List;
 * import org.rondoml.api.Semantics;
 * import org.rondoml.api.Shape;
 * import org.rondoml.core.compute.Vec;
 * import org.rondoml.core.spi.Default;
 * import org.rondoml.core.spi.Description;
 * import org.rondoml.core.spi.Initializer;
 * import org.rondoml.core.spi.LayerContext;
 * import org.rondoml.core.spi.ParameterSpec;
 * import org.rondoml.rnn.BackwardLoop;
 * import org.rondoml.rnn.FusedCell;
 * import org.rondoml.rnn.RecurrentCell;
 * import org.rondoml.rnn.TimeLoop;
 *
 * // z = x W + h_{t-1} U + b,   h = leak * h_{t-1} + (1 - leak) * tanh(z)
 * public record LeakyCell(Config config) implements FusedCell {
 *
 *   @Description("A cell whose output changes slowly: a leaky integrator.")
 *   public record Config(
 *       @Positive @Description("Length of the output.") int units,
 *       @Default("0.5") @DecimalMin("0") @DecimalMax("1")
 *           @Description("How much of the output stays at a step.") double leak,
 *       @Default("glorot_uniform") @Description("First values of the kernels.")
 *           Initializer initializer) {}
 *
 *   public static final class Provider implements RecurrentCell.Provider<Config> {
 *     @Override
 *     public String id() {
 *       return "acme/LeakyCell";
 *     }
 *
 *     @Override
 *     public Class<Config> configType() {
 *       return Config.class;
 *     }
 *
 *     @Override
 *     public RecurrentCell create(Config config, Semantics semantics) {
 *       return new LeakyCell(config);
 *     }
 *   }
 *
 *   @Override
 *   public int units() {
 *     return config.units();
 *   }
 *
 *   @Override
 *   public int gates() {
 *     return 1;
 *   }
 *
 *   @Override
 *   public int states() {
 *     return 1;
 *   }
 *
 *   @Override
 *   public boolean hasBias() {
 *     return true;
 *   }
 *
 *   @Override
 *   public boolean carriesOutput() {
 *     return true; // h depends on h_{t-1} beside U
 *   }
 *
 *   @Override
 *   public List<ParameterSpec> parameters(long features) {
 *     long u = config.units();
 *     return List.of(
 *         new ParameterSpec("kernel", Shape.of(features, u), config.initializer()),
 *         new ParameterSpec("recurrent_kernel", Shape.of(u, u), config.initializer()),
 *         new ParameterSpec("bias", Shape.of(u), (shape, random) -> new double[(int) u]));
 *   }
 *
 *   @Override
 *   public Kernel kernel(LayerContext context, TimeLoop loop) {
 *     double leak = config.leak();
 *     Vec z = context.window("z", units()); // then tanh(z), then dz
 *     Vec before = context.window("before", units());
 *     Vec h = context.window("h", units());
 *     Vec dh = context.window("dh", units());
 *     return new Kernel() {
 *       @Override
 *       public void forward(int step, int sample) {
 *         z.updates(loop.gates(), loop.gatesAt(step, sample));
 *         z.tanh(z).done();
 *         before.reads(loop.state(0), loop.before(0, step, sample));
 *         h.writes(loop.state(0), loop.after(0, step, sample));
 *         h.scale(before, leak).addScaled(z, 1 - leak).done();
 *       }
 *
 *       @Override
 *       public void backward(int step, int sample, BackwardLoop back) {
 *         z.updates(loop.gates(), loop.gatesAt(step, sample));
 *         dh.updates(back.stateGradient(0), back.gradientAt(sample));
 *         z.tanhGradient(z, dh);
 *         z.scale(z, 1 - leak).done();
 *         dh.scale(dh, leak).done(); // what goes to h_{t-1} beside U
 *       }
 *     };
 *   }
 * }
 * }</pre>
 *
 * <p>{@link org.rondoml.rnn.SimpleRNNCell} is the smallest cell of Keras', {@link
 * org.rondoml.rnn.GRUCell} one whose step has products of its own ({@link
 * org.rondoml.rnn.FusedCell#stages}). The test kit checks gradients of a cell as those of any
 * layer.
 */
@NullMarked
package org.rondoml.rnn;

import org.jspecify.annotations.NullMarked;
