package org.rondoml.dsl.specification;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.engine.FitPlan;
import org.rondoml.core.engine.ValidationPlan;
import org.rondoml.core.spi.Callback;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Elsewhere;
import org.rondoml.core.spi.OneOrMany;

/**
 * How long and in which order training goes over the samples: Keras' arguments of {@code fit}.
 *
 * @param epochs the number of the last epoch
 * @param batchSize samples a step
 * @param shuffle whether every epoch has an order of its own
 * @param stepsPerEpoch steps an epoch; null for one pass over the samples
 * @param validationSplit the share of the training samples, from their end, to evaluate on
 * @param validationFreq evaluates after every so many epochs, or after those that are listed
 * @param validationSteps batches of an evaluation; null for all samples
 * @param validationBatchSize samples evaluated at once; null for as many as a step has
 * @param classWeight weights of the samples by their class; null for 1 each
 * @param initialEpoch epochs taken as done
 * @param callbacks watch and steer the training
 */
@Description("How long and in which order training goes over the samples.")
@Elsewhere(
    keys = {"x", "y", "sample_weight"},
    cure =
        "write the samples in the data section, data: {train: {npz: {path: ..., x: ..., y: ...}}}")
@Elsewhere(keys = "validation_data", cure = "write data: {validation: ...}, beside data.train")
@Elsewhere(
    keys = "verbose",
    cure = "rondo train --progress bar|plain|none says how much is shown; leave it out here")
@Elsewhere(
    keys = {"max_queue_size", "workers", "use_multiprocessing"},
    cure = "samples are gathered while the step before is computed; leave it out")
public record FitSection(
    @Description("number of the last epoch") @Default("1") @Positive int epochs,
    @Description("samples a step") @Default("32") @Positive int batchSize,
    @Description("whether every epoch has an order of its own") @Default("true") boolean shuffle,
    @Description("steps an epoch, which goes on where the one before stopped; one pass when absent")
        @Positive
        @Nullable Integer stepsPerEpoch,
    @Description("share of the training samples, from their end, to evaluate on")
        @Default("0.0")
        @DecimalMin("0")
        @DecimalMax(value = "1", inclusive = false)
        double validationSplit,
    @Description("evaluates after every so many epochs, or after those of a list") @Default("1")
        OneOrMany<Integer> validationFreq,
    @Description("batches of an evaluation, from the first; all when absent") @Positive
        @Nullable Integer validationSteps,
    @Description("samples evaluated at once; batch_size when absent") @Positive
        @Nullable Integer validationBatchSize,
    @Description("weights of the training samples by the number of their class, {0: 1.0, 1: 2.0}")
        @Nullable Map<String, Double> classWeight,
    @Description("epochs taken as done") @Default("0") @PositiveOrZero int initialEpoch,
    @Description("watch and steer the training") @Default("[]") List<Callback> callbacks) {
  /** Checks that something is left to train, and that epochs and classes are numbers. */
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
    for (int number : validationFreq.values()) {
      if (number < 1) {
        throw new ConfigException(
            "validation_freq", "found " + number + ", expected a number greater than 0");
      }
    }
    for (String number : classWeight == null ? Set.<String>of() : classWeight.keySet()) {
      if (!number.matches("-?[0-9]{1,9}")) {
        throw new ConfigException(
            "class_weight", "found '" + number + "', expected the number of a class, from 0");
      }
    }
  }

  /** The weights by class; empty for 1 each. */
  public Map<Integer, Double> classWeights() {
    Map<Integer, Double> weights = new TreeMap<>();
    if (classWeight != null) {
      classWeight.forEach((number, weight) -> weights.put(Integer.valueOf(number), weight));
    }
    return weights;
  }

  /** The plan of the training loop. */
  public FitPlan plan() {
    List<Integer> freq = validationFreq.values();
    return new FitPlan(
        epochs,
        batchSize,
        shuffle,
        initialEpoch,
        stepsPerEpoch,
        new ValidationPlan(
            validationFreq.isOne() ? freq.get(0) : 0,
            validationFreq.isOne() ? List.of() : freq,
            validationBatchSize == null ? batchSize : validationBatchSize,
            validationSteps));
  }
}
