package org.rondoml.dsl.specification;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.config.Bound;
import org.rondoml.core.config.PerOutput;
import org.rondoml.core.config.Place;
import org.rondoml.core.config.Problems;
import org.rondoml.core.engine.Objective;
import org.rondoml.core.engine.Optimization;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.spi.ConfigException;

/** Deals out losses, weights and metrics to the outputs of a graph. */
final class CompilationBuilder {
  private final List<String> outputs;
  private final Semantics semantics;
  private final Problems problems;

  CompilationBuilder(Graph graph, Semantics semantics, Problems problems) {
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
    PerOutput<Double> given = section.lossWeights();
    var weights =
        given == null
            ? outputs.stream().map(o -> 1.0).toList()
            : deal(given, null, bound.placeOf("loss_weights"));
    Optimization optimization = optimization(section, bound);
    if (optimization == null || problems.errors() > before) {
      return null;
    }
    List<Objective.Output> all = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      all.add(new Objective.Output(outputs.get(i), losses.get(i), weights.get(i), metrics.get(i)));
    }
    return new Compilation(optimization, new Objective(all, semantics != Semantics.KERAS3));
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
                  + " entries, expected one for each of the model's outputs: "
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
