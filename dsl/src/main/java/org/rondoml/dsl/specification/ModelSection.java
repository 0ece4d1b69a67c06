package org.rondoml.dsl.specification;

import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import org.rondoml.core.config.Item;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Elsewhere;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerArguments;

/**
 * The layers.
 *
 * @param layers the layers, in an order in which each comes after those it takes its inputs from
 * @param outputs the names of the layers whose outputs are the model's; empty for the last layer
 */
@Description("The layers of the model.")
@Elsewhere(
    keys = {"Sequential", "sequential", "Functional", "Model"},
    cure = "write the layers as a list below 'layers'; a layer with 'from' makes it a graph")
@Elsewhere(
    keys = {"inputs", "input", "input_shape"},
    cure =
        "begin the layers with - Input: {shape: [28, 28]}; an Input each where there are several")
public record ModelSection(
    @Description("layers, each after those it takes its inputs from") @NotEmpty
        List<Item<Layer, LayerArguments, Wiring>> layers,
    @Description("names of the layers whose outputs are the model's; the last layer when absent")
        @Default("[]")
        List<String> outputs) {}
