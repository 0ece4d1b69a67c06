package org.rondoml.core.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.NamedWeight;
import org.rondoml.api.UsageException;

/**
 * Watches training and may act on it. A callback is a description; what it remembers during one
 * training is in the {@link Session} it starts. What that remembers beyond an epoch it hands over
 * as {@link Session#state}, so that a training that was stopped and resumed goes on as if it never
 * had been.
 *
 * <p>A complete callback, usable as {@code acme/WeightNorm} or {@code WeightNorm: {limit: 100}}. It
 * logs the norm of all weights beside the loss, and stops where that grows beyond a limit:
 *
 * <pre>{@code
 * package com.acme;
 *
 * import jakarta.validation.constraints.Positive;
 * import java.util.Map;
 * import java.util.Set;
 * import org.jspecify.annotations.Nullable;
 * import org.rondoml.api.NamedWeight;
 * import org.rondoml.api.Semantics;
 * import org.rondoml.core.spi.Callback;
 * import org.rondoml.core.spi.Description;
 *
 * public final class WeightNorm implements Callback {
 *
 *   @Description("Logs the norm of all weights, and stops where it grows beyond a limit.")
 *   public record Config(
 *       @Positive @Description("The largest norm; null for any.") @Nullable Double limit) {}
 *
 *   public static final class Provider implements Callback.Provider<Config> {
 *     @Override
 *     public String id() {
 *       return "acme/WeightNorm";
 *     }
 *
 *     @Override
 *     public Class<Config> configType() {
 *       return Config.class;
 *     }
 *
 *     @Override
 *     public Callback create(Config config, Semantics semantics) {
 *       return new WeightNorm(config);
 *     }
 *   }
 *
 *   private final Config config;
 *
 *   public WeightNorm(Config config) {
 *     this.config = config;
 *   }
 *
 *   @Override
 *   public Set<String> addedLogs() {
 *     return Set.of("weight_norm");
 *   }
 *
 *   @Override
 *   public Session start(Run run) {
 *     return new Session() {
 *       @Override
 *       public void epochEnd(int epoch, Map<String, Double> logs) {
 *         double squares = 0;
 *         for (NamedWeight weight : run.weights()) {
 *           squares += Math.pow(weight.value().norm2Number().doubleValue(), 2);
 *         }
 *         double norm = Math.sqrt(squares);
 *         logs.put("weight_norm", norm);
 *         if (config.limit() != null && norm > config.limit()) {
 *           run.say("Epoch " + (epoch + 1) + ": the weights' norm is " + norm);
 *           run.stop();
 *         }
 *       }
 *     };
 *   }
 * }
 * }</pre>
 */
@Kind("callback")
public interface Callback {
  /**
   * Checks against the names that will be logged: the model's own, and those that callbacks before
   * this one {@linkplain #addedLogs add}.
   *
   * @param logs the names, such as {@code "loss"}, {@code "val_loss"}
   * @throws ConfigException where a name is monitored that won't be logged
   */
  default void check(Set<String> logs) {}

  /** The names of figures that this callback adds to what an epoch logs. */
  default Set<String> addedLogs() {
    return Set.of();
  }

  /** Whether this callback sets the learning rate, which then can't be a schedule as well. */
  default boolean setsLearningRate() {
    return false;
  }

  /**
   * The files that this callback writes by itself: relative to the run's folder, where they may not
   * be files of the run itself, or absolute.
   */
  default List<Path> files() {
    return List.of();
  }

  /**
   * Checks, before anything of a new training is written, that nothing is in this callback's way:
   * no file that somebody still wants. Not called for a training that is resumed.
   *
   * @throws UsageException where something is, with the cure
   */
  default void checkNewTraining() {}

  /** Starts watching one training. */
  Session start(Run run);

  /** One training being watched. */
  interface Session {
    /** Training begins, or goes on after {@link #restore}. */
    default void trainBegin() {}

    /** An epoch, counted from 0, begins; not called where a resumed training is in the middle. */
    default void epochBegin(int epoch) {}

    /**
     * A step has been made.
     *
     * @param batch the batch in this epoch, counted from 0
     * @param logs loss and metrics over the samples of this epoch so far, by name
     */
    default void batchEnd(int batch, Map<String, Double> logs) {}

    /**
     * An epoch, counted from 0, has ended.
     *
     * @param logs what it logged, by name; what is added here is logged as well, and seen by the
     *     callbacks after this one
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
    /** Stops training after this batch; the epoch ends with it. */
    void stop();

    /** The learning rate of the next step, in the model's precision. */
    double learningRate();

    /** Sets the learning rate of all steps to come. */
    void learningRate(double rate);

    /**
     * Saves a checkpoint in the run folder under a name, such as {@code best}; it replaces one of
     * that name. It is saved when all callbacks have been told of what this one has been, and so
     * holds what they remember of it. {@code last} and {@code previous} are the run's own.
     */
    void saveCheckpoint(String name);

    /**
     * Saves the weights alone among the checkpoints; as {@link #saveCheckpoint}.
     *
     * @param file a name whose ending names the format, {@code best.weights.h5}
     */
    void saveWeights(String file);

    /** The weights of the model, layer by layer; not to be written to. */
    List<NamedWeight> weights();

    /**
     * Where one of the callback's {@linkplain Callback#files files} is; empty where training is
     * kept in no folder, so that the callback writes none.
     */
    Optional<Path> file(Path path);

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
