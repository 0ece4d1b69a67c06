package org.rondoml.dsl.specification;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.rondoml.api.Shape;
import org.rondoml.core.config.Bound;
import org.rondoml.core.config.PerOutput;
import org.rondoml.core.config.Place;
import org.rondoml.core.config.Problems;
import org.rondoml.core.engine.Objective;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.Scope;
import org.rondoml.core.spi.ShapeMismatchException;

/**
 * Checks losses and metrics against what the model puts out, before there is data: what no data
 * could fit is a mistake, and what can be trained but hardly is meant, a doubt.
 */
final class OutputChecks {
  private final Graph graph;
  private final CompileSection section;
  private final Bound<?> bound;
  private final Problems problems;

  /**
   * Checks for a model.
   *
   * @param bound the {@code compile} section
   */
  OutputChecks(Graph graph, CompileSection section, Bound<?> bound, Problems problems) {
    this.graph = graph;
    this.section = section;
    this.bound = bound;
    this.problems = problems;
  }

  /** Reports what doesn't fit. */
  void check(Objective objective) {
    for (int i = 0; i < objective.outputs().size(); i++) {
      Objective.Output output = objective.outputs().get(i);
      Place ofLoss = of("loss", section.loss(), output.name(), i).place();
      Graph.Source source = graph.outputs().get(i);
      Graph.Step step = graph.steps().get(source.step());
      boolean fits = checkShapes(output, i, ofLoss);
      Optional<Activation> activation = step.node().layer().outputActivation();
      if (fits && activation.isPresent()) {
        doubt(output, activation.get(), graph.outputShapes().get(i), ofLoss);
      }
    }
  }

  /** Whether there are targets that fit the output, the loss and all metrics. */
  private boolean checkShapes(Objective.Output output, int number, Place ofLoss) {
    Shape shape = graph.outputShapes().get(number);
    Loss loss = output.loss();
    if (loss.scope() != Scope.ROW || shape.rank() == 0 || shape.dimension(-1) < 1) {
      return true; // targets may have any shape
    }
    int length = loss.targetLength(Math.toIntExact(shape.dimension(-1)));
    List<Shape> targets =
        length == 1
            ? List.of(shape.withLast(1), shape.withoutLast())
            : List.of(shape.withLast(length));
    Optional<String> mistake = mistake(targets, target -> loss.resolve(target, shape));
    if (mistake.isPresent()) {
      problems.error(ofLoss, mistake.get());
      return false;
    }
    Bound<?> metrics = of("metrics", section.metrics(), output.name(), number);
    Bound<?> weighted = of("weighted_metrics", section.weightedMetrics(), output.name(), number);
    boolean fits = check(output.metrics(), metrics, targets, shape, loss);
    return check(output.weightedMetrics(), weighted, targets, shape, loss) && fits;
  }

  private boolean check(
      List<Metric> metrics, Bound<?> given, List<Shape> targets, Shape output, Loss loss) {
    boolean fits = true;
    for (int i = 0; i < metrics.size(); i++) {
      Metric metric = metrics.get(i);
      Optional<String> mistake =
          mistake(targets, t -> metric.resolve(t, output, loss.resolve(t, output)));
      if (mistake.isPresent()) {
        fits = false;
        List<Shape> any = List.of(output, output.withLast(1), output.withoutLast());
        boolean whateverTheLoss = mistake(any, t -> metric.resolve(t, output, loss)).isPresent();
        problems.error(
            given.placeOf(Integer.toString(i)),
            (whateverTheLoss ? "" : "doesn't go with the loss, whose targets it can't take: ")
                + mistake.get());
      }
    }
    return fits;
  }

  /** What is wrong with the first of some shapes of targets; nothing where one of them fits. */
  private static Optional<String> mistake(List<Shape> targets, Consumer<Shape> resolve) {
    String first = null;
    for (Shape target : targets) {
      try {
        resolve.accept(target);
        return Optional.empty();
      } catch (ShapeMismatchException e) {
        first = first == null ? e.getMessage() : first;
      }
    }
    return Optional.ofNullable(first);
  }

  private void doubt(Objective.Output output, Activation activation, Shape shape, Place ofLoss) {
    if (activation.link() == Activation.Link.SOFTMAX
        && shape.rank() > 0
        && shape.dimension(-1) == 1) {
      problems.warning(
          ofLoss,
          "the output '"
              + output.name()
              + "' is a softmax of one number, which is always 1: give it activation: sigmoid, or a"
              + " unit for each class");
      return;
    }
    String which = graph.outputs().size() == 1 ? "" : "output '" + output.name() + "': ";
    output.loss().doubt(activation).ifPresent(d -> problems.warning(ofLoss, which + d));
  }

  /** What the file gives an output under a key. */
  private Bound<?> of(String key, PerOutput<?> values, String name, int number) {
    Bound<?> whole = bound.part(key);
    if (whole == null) {
      return bound;
    }
    Bound<?> part =
        switch (values.form()) {
          case ONE -> whole;
          case IN_ORDER -> whole.part(Integer.toString(number));
          case BY_NAME -> whole.part(name);
        };
    return part == null ? whole : part;
  }
}
