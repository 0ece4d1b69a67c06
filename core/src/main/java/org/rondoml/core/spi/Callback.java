package org.rondoml.core.spi;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches training and may act on it. A callback is a description; what it remembers during one
 * training is in the {@link Session} it starts.
 */
@Kind("callback")
public interface Callback {
  /**
   * Checks against the names that will be logged.
   *
   * @param logs the names, such as {@code "loss"}, {@code "val_loss"}
   * @throws ConfigException where a name is monitored that won't be logged
   */
  default void check(Set<String> logs) {}

  /** Starts watching one training. */
  Session start(Run run);

  /** One training being watched. */
  interface Session {
    /** An epoch, counted from 0, begins. */
    default void epochBegin(int epoch) {}

    /**
     * An epoch, counted from 0, has ended.
     *
     * @param logs what it logged, by name
     */
    default void epochEnd(int epoch, Map<String, Double> logs) {}

    /** Training has ended. */
    default void trainEnd() {}

    /** What a resumed training needs to know to go on as if never stopped, by name. */
    default Map<String, Double> state() {
      return Map.of();
    }

    /** Goes on from what {@link #state} gave. */
    default void restore(Map<String, Double> state) {}

    /**
     * Weights copied by {@link Run#copyWeights} that a resumed training needs besides {@link
     * #state}; null for none.
     */
    default @Nullable Object keptWeights() {
      return null;
    }

    /** Takes back what {@link #keptWeights} gave. */
    default void restoreKeptWeights(Object copy) {}
  }

  /** What a callback may do to the training it watches. */
  interface Run {
    /** Stops training after this epoch. */
    void stop();

    /** The learning rate of the next step. */
    double learningRate();

    /** Sets the learning rate of all steps to come. */
    void learningRate(double rate);

    /**
     * Saves a checkpoint in the run folder under a name, such as {@code best}; it replaces one of
     * that name.
     */
    void saveCheckpoint(String name);

    /** Copies the current weights, to be put back by {@link #restoreWeights}. */
    Object copyWeights();

    /** Puts copied weights back. */
    void restoreWeights(Object copy);

    /** Shows a line to the user. */
    void say(String line);
  }

  /** Brings a callback. */
  interface Provider<C extends Record> extends ComponentProvider<C, Callback> {
    @Override
    default Class<Callback> kind() {
      return Callback.class;
    }
  }
}
