package org.rondoml.dsl.specification;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.spi.DataSource;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Transform;

/**
 * Where the samples come from.
 *
 * @param train samples to train on
 * @param validation samples to evaluate on after an epoch
 * @param transforms changes of all samples, in order
 */
@Description("Where the samples come from.")
public record DataSection(
    @Description("samples to train on") DataSource train,
    @Description("samples to evaluate on after an epoch") @Nullable DataSource validation,
    @Description("changes of all samples, in order") @Default("[]") List<Transform> transforms) {}
