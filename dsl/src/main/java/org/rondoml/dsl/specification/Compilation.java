package org.rondoml.dsl.specification;

import org.rondoml.core.engine.Objective;
import org.rondoml.core.engine.Optimization;

/**
 * The {@code compile} section for the outputs of the model.
 *
 * @param optimization the update rule, and what is done around it
 * @param objective loss, weight and metrics of each output; not yet resolved for data
 */
public record Compilation(Optimization optimization, Objective objective) {}
