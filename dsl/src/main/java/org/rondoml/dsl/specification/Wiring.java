package org.rondoml.dsl.specification;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.spi.Description;

/**
 * The key that stands beside a layer.
 *
 * @param from the names of the layers it takes its inputs from; null for the layer above
 */
public record Wiring(
    @Description("names of the layers it takes its inputs from; the layer above when absent")
        @Nullable List<String> from) {}
