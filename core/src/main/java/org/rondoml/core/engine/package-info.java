/**
 * The engine: from a {@linkplain org.rondoml.core.graph.Graph graph} to trained parameters.
 *
 * <p>The way of a batch: the {@link org.rondoml.core.engine.Trainer} orders the samples and cuts
 * them into batches; {@code TrainingStep} cuts a batch into {@linkplain
 * org.rondoml.core.engine.ShardPlan shards}, which the {@linkplain org.rondoml.core.engine.Workers
 * workers} compute at once, each in a {@code Workspace} of its own: forward through all layers,
 * {@linkplain org.rondoml.core.engine.Objective loss and metrics}, backward. Then the workers
 * compute the parameters' gradients, each block over all shards in their order; the optimizer
 * updates all parameters in one sweep; and the weights are packed anew for the next batch, whose
 * samples are gathered meanwhile. {@link org.rondoml.core.engine.StepTimes} has the time of each.
 *
 * <p>Nothing of this depends on the number of threads but the time it takes. {@link
 * org.rondoml.core.engine.Predictor} goes forward only, and lets a {@linkplain
 * org.rondoml.core.spi.Team team} of threads share a batch that is a single shard.
 */
@NullMarked
package org.rondoml.core.engine;

import org.jspecify.annotations.NullMarked;
