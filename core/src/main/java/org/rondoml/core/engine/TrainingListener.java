package org.rondoml.core.engine;

import java.util.Map;

/** Is told how training goes, to show it. */
public interface TrainingListener {
  /** Training begins. */
  default void trainBegin(int trainSamples, int validationSamples, int batchSize) {}

  /**
   * An epoch, counted from 0, of a number of epochs begins.
   *
   * @param samples the samples that it will see
   */
  default void epochBegin(int epoch, int epochs, int samples) {}

  /**
   * A step has been made.
   *
   * @param samples samples seen in this epoch
   * @param logs loss and metrics over them
   */
  default void batchEnd(int samples, Map<String, Double> logs) {}

  /** An epoch has ended, its validation included. */
  default void epochEnd(int epoch, Map<String, Double> logs) {}

  /** Training has ended, in whatever way. */
  default void trainEnd() {}

  /** A callback wants to be heard. */
  default void say(String line) {}
}
