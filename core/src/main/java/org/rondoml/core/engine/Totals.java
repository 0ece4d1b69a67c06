package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Metric;

/**
 * What an epoch has gathered so far: the mean loss over samples, and the metrics. The losses of
 * several outputs are logged as means over samples in tf1 and tf2; Keras 3 doesn't know the size of
 * the batch there, and takes the mean over batches.
 */
final class Totals {
  private final Objective objective;
  private final List<Metric.State> states = new ArrayList<>();
  private final double[] lossSums;
  private double penaltySum;
  private final double[] batchLossSums;
  private long samples;
  private long batches;

  Totals(Objective objective) {
    this.objective = objective;
    this.lossSums = new double[objective.outputs().size()];
    this.batchLossSums = new double[objective.outputs().size()];
    objective.outputs().forEach(o -> o.allMetrics().forEach(m -> states.add(m.start())));
  }

  /** The state of a metric, counted through all outputs. */
  Metric.State state(int metric) {
    return states.get(metric);
  }

  /** Has another form of a metric, counted through all outputs, gather from here on. */
  void start(int metric, Metric given) {
    states.set(metric, given.start());
  }

  /**
   * Adds a batch's mean loss of each output, weighted by its samples as Keras does.
   *
   * @param penalty what regularizers add to the sum of the losses
   */
  void addLosses(double[] losses, double penalty, int batchSize) {
    penaltySum += penalty * batchSize;
    for (int o = 0; o < losses.length; o++) {
      lossSums[o] += losses[o] * batchSize;
      batchLossSums[o] += losses[o];
    }
    samples += batchSize;
    batches++;
  }

  /** Adds the metrics that a shard has gathered. */
  void addMetrics(Totals shard) {
    for (int i = 0; i < states.size(); i++) {
      states.get(i).add(shard.states.get(i));
    }
  }

  /** Loss and metrics by name. */
  Map<String, Double> logs() {
    Map<String, Double> logs = new LinkedHashMap<>();
    Iterator<String> names = objective.logNames().iterator();
    logs.put(names.next(), mean(objective.weigh(lossSums) + penaltySum, samples));
    if (lossSums.length > 1) {
      boolean overBatches = objective.semantics() == Semantics.KERAS3;
      for (int o = 0; o < lossSums.length; o++) {
        logs.put(
            names.next(),
            overBatches ? mean(batchLossSums[o], batches) : mean(lossSums[o], samples));
      }
    }
    for (Metric.State state : states) {
      for (double result : state.results()) {
        logs.put(names.next(), result);
      }
    }
    return logs;
  }

  private static double mean(double sum, long count) {
    return count == 0 ? 0 : sum / count;
  }

  /** Everything gathered, as numbers. */
  List<double[]> snapshot() {
    List<double[]> numbers = new ArrayList<>();
    numbers.add(new double[] {samples, batches, penaltySum});
    numbers.add(lossSums.clone());
    numbers.add(batchLossSums.clone());
    states.forEach(s -> numbers.add(s.snapshot()));
    return numbers;
  }

  /** Goes on from a snapshot. */
  void restore(List<double[]> numbers) {
    samples = (long) numbers.get(0)[0];
    batches = (long) numbers.get(0)[1];
    penaltySum = numbers.get(0)[2];
    System.arraycopy(numbers.get(1), 0, lossSums, 0, lossSums.length);
    System.arraycopy(numbers.get(2), 0, batchLossSums, 0, lossSums.length);
    for (int i = 0; i < states.size(); i++) {
      states.get(i).restore(numbers.get(i + 3));
    }
  }
}
