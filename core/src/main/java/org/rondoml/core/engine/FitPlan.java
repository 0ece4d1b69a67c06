package org.rondoml.core.engine;

/**
 * How long and in which order training goes over the samples; Keras' arguments of {@code fit}.
 *
 * @param epochs the number of the last epoch
 * @param batchSize samples a step; the last batch of an epoch may be smaller
 * @param shuffle whether every epoch has an order of its own
 * @param initialEpoch epochs taken as done
 * @param validationFreq evaluates after every so many epochs
 */
public record FitPlan(
    int epochs, int batchSize, boolean shuffle, int initialEpoch, int validationFreq) {}
