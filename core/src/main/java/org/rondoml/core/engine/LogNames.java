package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Metric;

/**
 * The names that metrics have in the log. Those without one of their own are numbered among their
 * class: {@code auc}, {@code auc_1}. With several outputs a metric has the name of its output in
 * front. Several figures of one are numbered in brackets, {@code f1_score[0]}. A weighted metric
 * whose name is taken says so, {@code weighted_accuracy}; in keras3 any other is numbered, {@code
 * mse_1}, where tf1 and tf2 don't take it.
 *
 * <p>Source: {@code CompileMetrics.result} in {@code keras/src/trainers/compile_utils.py}, {@code
 * MetricsContainer._set_metric_names} in {@code tf_keras/src/engine/compile_utils.py}.
 */
final class LogNames {
  private final List<Objective.Output> outputs;
  private final Semantics semantics;
  private final List<Shape> shapes;
  private final IdentityHashMap<Metric, String> own = new IdentityHashMap<>();
  private final Map<String, Integer> taken = new HashMap<>();

  private LogNames(List<Objective.Output> outputs, Semantics semantics, List<Shape> shapes) {
    this.outputs = outputs;
    this.semantics = semantics;
    this.shapes = shapes;
    Map<String, Integer> numbers = new HashMap<>();
    outputs.forEach(o -> o.metrics().forEach(m -> number(m, numbers)));
    outputs.forEach(o -> o.weightedMetrics().forEach(m -> number(m, numbers)));
  }

  /**
   * The names of all metrics: output by output, first the metrics, then the weighted ones.
   *
   * @param shapes the shapes of the outputs, which tell how many figures a metric has; empty where
   *     each has one
   */
  static List<String> of(List<Objective.Output> outputs, Semantics semantics, List<Shape> shapes) {
    return new LogNames(outputs, semantics, shapes).all();
  }

  private void number(Metric metric, Map<String, Integer> numbers) {
    if (own.containsKey(metric)) {
      return; // one for several outputs
    }
    String name = metric.name();
    int number = metric.isNumbered() ? numbers.merge(name, 1, Integer::sum) - 1 : 0;
    own.put(metric, number == 0 ? name : name + "_" + number);
  }

  private List<String> all() {
    List<List<String>> plain = new ArrayList<>();
    List<List<String>> weighted = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      plain.add(names(i, false));
      if (semantics != Semantics.KERAS3) {
        weighted.add(names(i, true));
      }
    }
    for (int i = 0; semantics == Semantics.KERAS3 && i < outputs.size(); i++) {
      weighted.add(names(i, true));
    }
    List<String> all = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      all.addAll(plain.get(i));
      all.addAll(weighted.get(i));
    }
    return all;
  }

  private List<String> names(int number, boolean weighted) {
    Objective.Output output = outputs.get(number);
    String prefix = outputs.size() > 1 ? output.name() + "_" : "";
    List<String> names = new ArrayList<>();
    for (Metric metric : weighted ? output.weightedMetrics() : output.metrics()) {
      String name = own.get(metric);
      String logged =
          weighted && taken.containsKey(prefix + name)
              ? numbered(prefix + "weighted_" + name)
              : numbered(prefix + name);
      OptionalInt figures =
          shapes.isEmpty() ? OptionalInt.empty() : metric.figures(shapes.get(number));
      if (figures.isEmpty()) {
        names.add(logged);
      }
      for (int i = 0; i < figures.orElse(0); i++) {
        names.add(logged + "[" + i + "]");
      }
    }
    return names;
  }

  private String numbered(String name) {
    int before = taken.merge(name, 1, Integer::sum) - 1;
    return before == 0 || semantics != Semantics.KERAS3 ? name : name + "_" + before;
  }
}
