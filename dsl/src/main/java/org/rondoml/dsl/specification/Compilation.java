package org.rondoml.dsl.specification;

import org.rondoml.core.engine.Objective;
import org.rondoml.core.spi.Optimizer;

/**
 * The {@code compile} section for the outputs of the model.
 *
 * @param optimizer the update rule
 * @param objective loss, weight and metrics of each output; not yet resolved for data
 */
public record Compilation(Optimizer optimizer, Objective objective) {}
