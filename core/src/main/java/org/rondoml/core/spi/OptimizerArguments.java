package org.rondoml.core.spi;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;

/**
 * The keys that every optimizer has among its own. The engine does what they ask for around the
 * optimizer's own rule, in Keras' order: accumulate, clip, weight decay, update, average.
 *
 * <p>Source: Keras, {@code keras/src/optimizers/base_optimizer.py}; tf_keras, {@code
 * optimizers/legacy/optimizer_v2.py} for decay.
 *
 * @param weightDecay the share of each weight, times the learning rate, that an update takes away
 * @param clipnorm the largest norm of each parameter's gradient
 * @param clipvalue the largest size of each element of the gradients
 * @param globalClipnorm the largest norm of all gradients together
 * @param useEma whether to keep a moving average of the weights, which the model has in the end
 * @param emaMomentum how much of the average stays at a step
 * @param emaOverwriteFrequency after how many updates the weights become their average
 * @param lossScaleFactor what the loss is multiplied by, and gradients divided by
 * @param gradientAccumulationSteps how many batches an update takes
 * @param decay how fast the learning rate falls
 * @param name the optimizer's name
 */
public record OptimizerArguments(
    @Description("the share of each weight, times the learning rate, that an update takes away")
        @PositiveOrZero
        @Nullable Double weightDecay,
    @Description("the largest norm of each parameter's gradient; a larger one is scaled down")
        @Positive
        @Nullable Double clipnorm,
    @Description("the largest size of each element of the gradients") @Positive
        @Nullable Double clipvalue,
    @Description("the largest norm of all gradients together; a larger one is scaled down")
        @Positive
        @Nullable Double globalClipnorm,
    @Description("whether to keep a moving average of the weights, which the model has in the end")
        @Default("false")
        boolean useEma,
    @Description("how much of the moving average stays at a step")
        @Default("0.99")
        @DecimalMin("0")
        @DecimalMax("1")
        double emaMomentum,
    @Description("after how many updates the weights become their moving average; never when null")
        @Min(1)
        @Nullable Integer emaOverwriteFrequency,
    @Description(
            "what the loss is multiplied by, and the gradients divided by: no difference in the"
                + " precisions there are")
        @KnownIn(
            value = Semantics.KERAS3,
            cure = "drop it: it makes no difference in the precisions there are")
        @Positive
        @Nullable Double lossScaleFactor,
    @Description("how many batches an update takes, with the mean of their gradients; 1 when null")
        @KnownIn(
            value = Semantics.KERAS3,
            cure = "write semantics: keras3 to have it, or drop it and set a larger batch_size")
        @Min(2)
        @Nullable Integer gradientAccumulationSteps,
    @Description("how fast the learning rate falls: after t steps it is divided by 1 + decay * t")
        @Default("0.0")
        @KnownIn(
            value = {Semantics.TF1, Semantics.TF2},
            cure =
                "Keras 3 has no decay: write semantics: tf2 to keep it, or the same as learning_rate:"
                    + " {InverseTimeDecay: {initial_learning_rate: ..., decay_steps: 1, decay_rate:"
                    + " ...}}")
        @PositiveOrZero
        double decay,
    @Description("name of the optimizer; it is not used") @Nullable String name) {
  /** The share of the moving average that stays where nothing is said. */
  private static final double EMA_MOMENTUM = 0.99;

  /** Arguments that ask for nothing. */
  public static final OptimizerArguments NONE =
      new OptimizerArguments(
          null, null, null, null, false, EMA_MOMENTUM, null, null, null, 0, null);

  /** Checks that what is said of the moving average is said of one that is kept. */
  public OptimizerArguments {
    if (!useEma && emaOverwriteFrequency != null) {
      throw new ConfigException("ema_overwrite_frequency", withoutAverage());
    }
    if (!useEma && emaMomentum != EMA_MOMENTUM) {
      throw new ConfigException("ema_momentum", withoutAverage());
    }
  }

  private static String withoutAverage() {
    return "has no effect without a moving average of the weights: set use_ema: true, or drop it";
  }
}
