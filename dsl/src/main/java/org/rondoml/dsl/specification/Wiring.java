package org.rondoml.dsl.specification;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.spi.Description;

/**
 * The key that stands beside a layer.
 *
 * @param from the layers it takes its inputs from, or single outputs of theirs, {@code encoder/1};
 *     null for the layer above
 */
@Description("What stands beside a layer's name, in the same item of the list.")
public record Wiring(
    @Description(
            "names of the layers it takes its inputs from, or outputs of theirs, encoder/1 for the"
                + " second; the layer above when absent")
        @Nullable List<String> from) {}
