package org.rondoml.dsl.specification;

import org.jspecify.annotations.Nullable;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Elsewhere;

/**
 * A model file as a whole. Which sections must be there depends on what is done with it.
 *
 * @param rondo the version of the language
 * @param name the model's name
 * @param semantics whose defaults and arithmetic
 * @param seed the seed of all randomness; null to draw one
 * @param precision the floating-point format
 * @param data where the samples come from
 * @param model the layers
 * @param compile what is trained for, and how
 * @param fit how long
 */
@Description("A model, its data and its training.")
@Elsewhere(
    keys = {"train", "validation", "transforms"},
    cure = "it belongs to the data section: data: {train: ..., validation: ..., transforms: [...]}")
@Elsewhere(
    keys = {"layers", "outputs"},
    cure = "it belongs to the model section: model: {layers: [...]}")
@Elsewhere(
    keys = {"optimizer", "loss", "metrics", "loss_weights", "weighted_metrics"},
    cure =
        "it belongs to the compile section: compile: {optimizer: ..., loss: ..., metrics: [...]}")
@Elsewhere(
    keys = {"epochs", "batch_size", "shuffle", "callbacks", "validation_split", "class_weight"},
    cure = "it belongs to the fit section: fit: {epochs: ..., batch_size: ...}")
public record Document(
    @Description("version of the language: 1") int rondo,
    @Description("name of the model") @Default("model") String name,
    @Description("generation of Keras whose defaults and arithmetic the model has")
        @Default("keras3")
        Semantics semantics,
    @Description("seed of all randomness; drawn and recorded when absent") @Nullable Long seed,
    @Description("floating-point format of all computation") @Default("float32")
        Precision precision,
    @Description("where the samples come from") @Nullable DataSection data,
    @Description("the layers") @Nullable ModelSection model,
    @Description("what is trained for, and how") @Nullable CompileSection compile,
    @Description("how long and in which order") @Default("{}") FitSection fit) {
  /** The version of the language that this Rondo reads. */
  public static final int VERSION = 1;
}
