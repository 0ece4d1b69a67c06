package org.rondoml.dsl.specification;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.config.Bound;
import org.rondoml.core.config.PerOutput;
import org.rondoml.core.config.Place;
import org.rondoml.core.config.Problems;
import org.rondoml.core.config.WithArguments;
import org.rondoml.core.engine.Objective;
import org.rondoml.core.engine.Optimization;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.LossArguments;
import org.rondoml.core.spi.ShapeMismatchException;

/** Deals out losses, weights and metrics to the outputs of a graph. */
final class CompilationBuilder {
  private final Graph graph;
  private final List<String> outputs;
  private final Semantics semantics;
  private final Problems problems;

  CompilationBuilder(Graph graph, Semantics semantics, Problems problems) {
    this.graph = graph;
    this.semantics = semantics;
    this.outputs =
        graph.outputs().stream().map(o -> graph.steps().get(o.step()).node().name()).toList();
    this.problems = problems;
  }

  /** The compilation; null where there are mistakes, which have been reported. */
  @Nullable Compilation build(CompileSection section, Bound<?> bound) {
    int before = problems.errors();
    var losses = deal(section.loss(), null, bound.placeOf("loss"));
    var metrics = deal(section.metrics(), List.of(), bound.placeOf("metrics"));
    var weighted = deal(section.weightedMetrics(), List.of(), bound.placeOf("weighted_metrics"));
    PerOutput<Double> given = section.lossWeights();
    var weights =
        given == null
            ? outputs.stream().map(o -> 1.0).toList()
            : deal(
                given, semantics == Semantics.KERAS3 ? null : 1.0, bound.placeOf("loss_weights"));
    if (given != null) {
      checkOrder(given, section.loss(), bound.placeOf("loss_weights"));
    }
    Optimization optimization = optimization(section, bound);
    if (optimization == null || problems.errors() > before) {
      return null;
    }
    List<Objective.Output> all = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      WithArguments<Loss, LossArguments> loss = losses.get(i);
      all.add(
          new Objective.Output(
              outputs.get(i),
              loss.component(),
              loss.arguments().reduction(),
              weights.get(i),
              metrics.get(i),
              weighted.get(i)));
    }
    Objective objective;
    try {
      objective = Objective.of(all, semantics, graph.outputShapes());
    } catch (ShapeMismatchException e) {
      problems.error(bound.placeOf("metrics"), String.valueOf(e.getMessage()));
      return null;
    }
    checkNames(objective, bound.placeOf("metrics"));
    new OutputChecks(graph, section, bound, problems).check(objective);
    return problems.errors() > before ? null : new Compilation(optimization, objective);
  }

  /** Keras 3 deals weights by name out to losses in a list in the order of the names' letters. */
  private void checkOrder(PerOutput<?> weights, PerOutput<?> losses, Place place) {
    if (semantics == Semantics.KERAS3
        && weights.form() == PerOutput.Form.BY_NAME
        && losses.form() == PerOutput.Form.IN_ORDER
        && !outputs.equals(outputs.stream().sorted().toList())) {
      problems.error(
          place,
          "Keras 3 gives weights by name to losses in a list in alphabetical order, not to the"
              + " outputs named: write loss by name as well, or both as lists");
    }
  }

  /** Checks that no metric hides another in the log. */
  private void checkNames(Objective objective, Place place) {
    Set<String> seen = new HashSet<>();
    for (String name : objective.logNames()) {
      if (!seen.add(name)) {
        problems.error(
            place, "two figures are called '" + name + "' in the log: give one of them a name");
      }
    }
  }

  private @Nullable Optimization optimization(CompileSection section, Bound<?> bound) {
    try {
      return new Optimization(
          section.optimizer().component(), section.optimizer().arguments(), semantics);
    } catch (ConfigException e) {
      Bound<?> optimizer = bound.part("optimizer");
      Place place = optimizer == null ? bound.place() : optimizer.placeOf(e.key());
      problems.error(place, String.valueOf(e.getMessage()));
      return null;
    }
  }

  /**
   * A value for each output.
   *
   * @param otherwise what an output has that a map doesn't name; null where every output must be
   *     named
   */
  private <T> List<T> deal(PerOutput<T> values, @Nullable T otherwise, Place place) {
    List<T> dealt = new ArrayList<>();
    switch (values.form()) {
      case ONE -> outputs.forEach(o -> dealt.add(values.values().get(0)));
      case IN_ORDER -> {
        if (values.values().size() != outputs.size()) {
          problems.error(
              place,
              "found "
                  + values.values().size()
                  + (values.values().size() == 1 ? " entry" : " entries")
                  + ", expected one for each of the model's outputs: "
                  + String.join(", ", outputs));
        }
        dealt.addAll(values.values());
      }
      case BY_NAME -> {
        boolean known = outputs.containsAll(values.names());
        for (String name : values.names()) {
          if (!outputs.contains(name)) {
            problems.error(
                place,
                "'"
                    + name
                    + "' is no output of the model; its outputs: "
                    + String.join(", ", outputs));
          }
        }
        for (String output : outputs) {
          int index = values.names().indexOf(output);
          T value = index < 0 ? otherwise : values.values().get(index);
          if (value != null) {
            dealt.add(value);
          } else if (known) {
            problems.error(place, "nothing for the output '" + output + "'");
          }
        }
      }
    }
    return dealt;
  }
}
