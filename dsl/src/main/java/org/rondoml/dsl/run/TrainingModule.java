package org.rondoml.dsl.run;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.rondoml.api.DataException;
import org.rondoml.api.Precision;
import org.rondoml.core.engine.Checkpoint;
import org.rondoml.core.engine.Evaluator;
import org.rondoml.core.engine.FitPlan;
import org.rondoml.core.engine.Network;
import org.rondoml.core.engine.Objective;
import org.rondoml.core.engine.Optimization;
import org.rondoml.core.engine.SampleData;
import org.rondoml.core.engine.Trainer;
import org.rondoml.core.engine.TrainingBench;
import org.rondoml.core.engine.TrainingListener;
import org.rondoml.core.engine.Workers;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.spi.Callback;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.dsl.specification.Specification;

/**
 * Data, objective, optimizer and the training loop, over {@link ModelModule}. Where checkpoints go,
 * who listens and who may interrupt is bound beside it: {@link EmbeddedModule} or {@link
 * RunFolderModule}.
 */
public final class TrainingModule extends AbstractModule {
  /** The training of the specification bound beside this. */
  public TrainingModule() {}

  @Provides
  @Singleton
  SampleLoader sampleLoader(
      Specification model, Graph graph, Precision precision, Settings settings) {
    return new SampleLoader(
        model.requireData(), model.fit().validationSplit(), graph, precision, settings.directory());
  }

  /** Samples that fit the objective, so that training doesn't begin with a mistake in the data. */
  @Provides
  @Singleton
  Samples samples(SampleLoader loader, Objective objective, Graph graph, Specification model) {
    Samples samples = weighed(loader.load(), model);
    resolve(objective, graph, samples.train());
    SampleData validation = samples.validation();
    if (validation != null) {
      resolve(objective, graph, validation);
    }
    return samples;
  }

  /**
   * Samples that count by their class, where the model file says so; those to evaluate on don't.
   */
  private static Samples weighed(Samples samples, Specification model) {
    Map<Integer, Double> byClass = model.fit().classWeights();
    return byClass.isEmpty() || !samples.train().hasTargets()
        ? samples
        : new Samples(
            samples.train().weighClasses(byClass, model.semantics()), samples.validation());
  }

  @Provides
  @Singleton
  Objective objective(Specification model) {
    return model.requireCompilation().objective();
  }

  @Provides
  @Singleton
  Optimization optimization(Specification model) {
    return model.requireCompilation().optimization();
  }

  @Provides
  @Singleton
  List<Callback> callbacks(Specification model) {
    return model.fit().callbacks();
  }

  @Provides
  @Singleton
  FitPlan fitPlan(Specification model) {
    return model.fit().plan();
  }

  @Provides
  @Singleton
  EvaluatorFactory evaluators(Network network, Workers workers, Objective objective, Graph graph) {
    return data -> new Evaluator(network, workers, resolve(objective, graph, data));
  }

  @Provides
  @Singleton
  TrainingBenchFactory benches(
      Network network, Workers workers, Objective objective, Optimization optimization) {
    return (data, batchSize) ->
        new TrainingBench(
            network,
            workers,
            resolve(objective, network.graph(), data),
            optimization,
            data,
            batchSize);
  }

  /** A new trainer each time: one trainer trains once. */
  @Provides
  Trainer trainer(
      Network network,
      Workers workers,
      Objective objective,
      Optimization optimization,
      FitPlan plan,
      Samples samples,
      List<Callback> callbacks,
      Checkpoint.Store store,
      TrainingListener listener,
      BooleanSupplier interrupted) {
    return new Trainer(
        network,
        workers,
        resolve(objective, network.graph(), samples.train()),
        optimization,
        plan,
        samples.train(),
        samples.validation(),
        callbacks,
        store,
        listener,
        interrupted);
  }

  private static Objective resolve(Objective objective, Graph graph, SampleData data) {
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
