package org.rondoml.dsl.run;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.rondoml.api.Precision;
import org.rondoml.core.engine.Checkpoint;
import org.rondoml.core.engine.Evaluator;
import org.rondoml.core.engine.FitPlan;
import org.rondoml.core.engine.Network;
import org.rondoml.core.engine.Objective;
import org.rondoml.core.engine.Optimization;
import org.rondoml.core.engine.Trainer;
import org.rondoml.core.engine.TrainingBench;
import org.rondoml.core.engine.TrainingListener;
import org.rondoml.core.engine.Workers;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.spi.Callback;
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

  @Provides
  @Singleton
  TrainingSamples trainingSamples(
      SampleLoader loader, Objective objective, Graph graph, Specification model) {
    return new TrainingSamples(loader, objective, graph, model);
  }

  @Provides
  @Singleton
  Samples samples(TrainingSamples samples) {
    return samples.load((part, dataset) -> {});
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
  EvaluatorFactory evaluators(Network network, Workers workers, TrainingSamples samples) {
    return data -> new Evaluator(network, workers, samples.objective(data));
  }

  @Provides
  @Singleton
  TrainingBenchFactory benches(
      Network network, Workers workers, TrainingSamples samples, Optimization optimization) {
    return (data, batchSize) ->
        new TrainingBench(network, workers, samples.objective(data), optimization, data, batchSize);
  }

  /** A new trainer each time: one trainer trains once. */
  @Provides
  Trainer trainer(
      Network network,
      Workers workers,
      TrainingSamples training,
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
        training.objective(samples.train()),
        optimization,
        plan,
        samples.train(),
        samples.validation(),
        callbacks,
        store,
        listener,
        interrupted);
  }
}
