package org.rondoml.dsl.specification;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.config.PerOutput;
import org.rondoml.core.config.WithArguments;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Elsewhere;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.LossArguments;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.Optimizer;
import org.rondoml.core.spi.OptimizerArguments;

/**
 * What is trained for, and how.
 *
 * @param optimizer the update rule, and what is done around it
 * @param loss the loss of each output
 * @param metrics the metrics of each output
 * @param lossWeights the weight of each output's loss in their sum; null for 1 each
 * @param weightedMetrics the metrics of each output that take samples with their weights
 */
@Description("What is trained for, and how.")
@Elsewhere(
    keys = {"lr", "learning_rate", "decay", "clipnorm", "clipvalue"},
    cure =
        "it is the optimizer's: write it below its name, optimizer: {Adam: {learning_rate: 1e-3}}")
@Elsewhere(
    keys = {"run_eagerly", "jit_compile", "steps_per_execution", "auto_scale_loss"},
    cure = "everything is planned and computed the fast way already; leave it out")
public record CompileSection(
    @Description("update rule") WithArguments<Optimizer, OptimizerArguments> optimizer,
    @Description("one for all outputs, or a list or map by output")
        PerOutput<WithArguments<Loss, LossArguments>> loss,
    @Description("a list for all outputs, or a list or map of lists by output") @Default("[]")
        PerOutput<List<Metric>> metrics,
    @Description("weight of each output's loss in their sum")
        @Nullable PerOutput<Double> lossWeights,
    @Description("as metrics, but samples have the weights of sample_weight and class_weight")
        @Default("[]")
        PerOutput<List<Metric>> weightedMetrics) {}
