package org.rondoml.dsl.specification;

import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.rondoml.core.config.Item;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerArguments;

/**
 * The layers.
 *
 * @param layers the layers, in an order in which each comes after those it takes its inputs from
 * @param outputs the names of the layers whose outputs are the model's; empty for the last layer
 */
@Description("The layers of the model.")
public record ModelSection(
    @Description("layers, each after those it takes its inputs from") @NotEmpty
        List<Item<Layer, LayerArguments, Wiring>> layers,
    @Description("names of the layers whose outputs are the model's; the last layer when absent")
        @Default("[]")
        List<String> outputs) {}
