package org.rondoml.core.spi;

import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys that every layer has among its own.
 *
 * @param name the layer's name; null for Keras' automatic one
 * @param trainable whether training changes the layer's parameters
 */
public record LayerArguments(
    @Description("name, unique in the model; lstm, lstm_1, ... when absent")
        @Pattern(regexp = "[^/]+", message = "a layer's name is not empty and has no '/'")
        @Nullable String name,
    @Description("whether training changes its parameters") @Default("true") boolean trainable) {}
