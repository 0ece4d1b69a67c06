package org.rondoml.dsl.specification;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.rondoml.core.spi.Callback;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;

/**
 * How long and in which order training goes over the samples: Keras' arguments of {@code fit}.
 *
 * @param epochs the number of the last epoch
 * @param batchSize samples a step
 * @param shuffle whether every epoch has an order of its own
 * @param validationSplit the share of the training samples, from their end, to evaluate on
 * @param validationFreq evaluates after every so many epochs
 * @param initialEpoch epochs taken as done
 * @param callbacks watch and steer the training
 */
@Description("How long and in which order training goes over the samples.")
public record FitSection(
    @Description("number of the last epoch") @Default("1") @Positive int epochs,
    @Description("samples a step") @Default("32") @Positive int batchSize,
    @Description("whether every epoch has an order of its own") @Default("true") boolean shuffle,
    @Description("share of the training samples, from their end, to evaluate on")
        @Default("0.0")
        @DecimalMin("0")
        @DecimalMax(value = "1", inclusive = false)
        double validationSplit,
    @Description("evaluates after every so many epochs") @Default("1") @Positive int validationFreq,
    @Description("epochs taken as done") @Default("0") @PositiveOrZero int initialEpoch,
    @Description("watch and steer the training") @Default("[]") List<Callback> callbacks) {
  /** Checks that something is left to train. */
  public FitSection {
    if (initialEpoch >= epochs) {
      throw new ConfigException(
          "initial_epoch",
          "found "
              + initialEpoch
              + ", expected less than epochs, "
              + epochs
              + ": nothing is left to train");
    }
  }
}
