package org.rondoml.core.engine;

import org.jspecify.annotations.Nullable;

/**
 * How long and in which order training goes over the samples; Keras' arguments of {@code fit}.
 *
 * @param epochs the number of the last epoch
 * @param batchSize samples a step; the last batch of an epoch may be smaller
 * @param shuffle whether every epoch has an order of its own
 * @param initialEpoch epochs taken as done
 * @param stepsPerEpoch steps an epoch; null for as many as there are batches
 * @param validation when and on how much to evaluate
 */
public record FitPlan(
    int epochs,
    int batchSize,
    boolean shuffle,
    int initialEpoch,
    @Nullable Integer stepsPerEpoch,
    ValidationPlan validation) {
  /** A plan of whole epochs with an evaluation after every so many. */
  public FitPlan(int epochs, int batchSize, boolean shuffle, int initialEpoch, int validationFreq) {
    this(
        epochs,
        batchSize,
        shuffle,
        initialEpoch,
        null,
        ValidationPlan.every(validationFreq, batchSize));
  }
}
