package org.rondoml.dsl.run;

import org.jspecify.annotations.Nullable;
import org.rondoml.core.engine.SampleData;

/**
 * The samples of a training.
 *
 * @param train samples to train on
 * @param validation samples to evaluate on after an epoch, or null
 */
public record Samples(SampleData train, @Nullable SampleData validation) {}
