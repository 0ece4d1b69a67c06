package org.rondoml.dsl.run;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.rondoml.api.DataException;
import org.rondoml.api.Shape;
import org.rondoml.core.engine.Objective;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Scope;

/**
 * Whether a model has room for all tokens of a text. How many there are only the data tells, and
 * the rare ones might come up late in training.
 */
final class VocabularyCheck {
  private final Graph graph;
  private final Objective objective;

  VocabularyCheck(Graph graph, Objective objective) {
    this.graph = graph;
    this.objective = objective;
  }

  /**
   * Checks where tokens go into the model, and where they come out.
   *
   * @param origin where they come from, for messages
   * @throws DataException where there are more tokens than a layer takes or puts out
   */
  void require(int tokens, String origin) {
    List<String> small = new ArrayList<>();
    for (Graph.Step step : graph.steps()) {
      OptionalLong classes = step.node().layer().inputClasses();
      if (classes.isPresent()
          && classes.getAsLong() < tokens
          && step.sources().stream().allMatch(s -> graph.steps().get(s.step()).isInput())) {
        small.add("layer '" + step.node().name() + "' takes " + classes.getAsLong());
      }
    }
    for (int i = 0; i < objective.outputs().size(); i++) {
      Objective.Output output = objective.outputs().get(i);
      Shape shape = graph.outputShapes().get(i);
      if (takesClassNumbers(output.loss())
          && shape.rank() > 0
          && shape.dimension(-1) > 1
          && shape.dimension(-1) < tokens) {
        small.add("the output '" + output.name() + "' has " + shape.dimension(-1) + " units");
      }
    }
    if (!small.isEmpty()) {
      throw new DataException(
          origin
              + ": the vocabulary has "
              + tokens
              + " tokens, but "
              + String.join(", and ", small)
              + ": write "
              + tokens
              + (small.size() > 1 ? " for each" : " instead"));
    }
  }

  private static boolean takesClassNumbers(Loss loss) {
    return loss.scope() == Scope.ROW && loss.targetLength(2) == 1;
  }
}
