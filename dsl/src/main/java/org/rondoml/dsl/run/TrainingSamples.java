package org.rondoml.dsl.run;

import java.util.Map;
import java.util.function.BiConsumer;
import org.rondoml.api.DataException;
import org.rondoml.api.Semantics;
import org.rondoml.core.engine.Objective;
import org.rondoml.core.engine.SampleData;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.dsl.specification.Specification;

/**
 * The samples of a model file as training takes them: they fit the objective, so that training
 * doesn't begin with a mistake in the data, and count by their class where the model file says so.
 */
public final class TrainingSamples {
  private final SampleLoader loader;
  private final Objective objective;
  private final Graph graph;
  private final Map<Integer, Double> classWeights;
  private final Semantics semantics;

  TrainingSamples(SampleLoader loader, Objective objective, Graph graph, Specification model) {
    this.loader = loader;
    this.objective = objective;
    this.graph = graph;
    this.classWeights = model.fit().classWeights();
    this.semantics = model.semantics();
  }

  /**
   * Reads the samples.
   *
   * @param seen as for {@link SampleLoader#load(BiConsumer)}
   * @throws DataException where they are missing, damaged, or don't fit
   */
  public Samples load(BiConsumer<String, Dataset> seen) {
    Samples samples = weighed(loader.load(seen));
    loader
        .tokenizer()
        .ifPresent(
            tokenizer ->
                new VocabularyCheck(graph, objective)
                    .require(tokenizer.vocabulary().size(), samples.train().origin()));
    objective(samples.train());
    SampleData validation = samples.validation();
    if (validation != null) {
      objective(validation);
    }
    return samples;
  }

  /** Those to evaluate on don't count by their class. */
  private Samples weighed(Samples samples) {
    return classWeights.isEmpty() || !samples.train().hasTargets()
        ? samples
        : new Samples(samples.train().weighClasses(classWeights, semantics), samples.validation());
  }

  /**
   * The objective for samples.
   *
   * @throws DataException where they don't fit it
   */
  Objective objective(SampleData data) {
    if (!data.hasTargets()) {
      throw new DataException(
          data.origin() + ": has no targets (y), which training and evaluation compare with");
    }
    try {
      return objective.resolve(graph, data);
    } catch (ShapeMismatchException e) {
      throw new DataException(data.origin() + ": " + e.getMessage(), e);
    }
  }
}
