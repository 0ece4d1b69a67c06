/**
 * The engine: from a {@linkplain org.rondoml.core.graph.Graph graph} to trained parameters.
 *
 * <p>The way of a batch: the {@link org.rondoml.core.engine.Trainer} orders the samples and cuts
 * them into batches; {@code TrainingStep} cuts a batch into {@linkplain
 * org.rondoml.core.engine.ShardPlan shards}, which the {@linkplain org.rondoml.core.engine.Workers
 * workers} compute at once, each in a {@code Workspace} of its own: forward through all layers,
 * {@linkplain org.rondoml.core.engine.Objective loss and metrics}, backward. The gradients of the
 * shards are added in their order, and the optimizer updates all parameters in one sweep.
 */
@NullMarked
package org.rondoml.core.engine;

import org.jspecify.annotations.NullMarked;
