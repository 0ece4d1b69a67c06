package org.rondoml.dsl.run;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.UsageException;
import org.rondoml.core.compute.KernelSelection;
import org.rondoml.core.compute.Kernels;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.engine.Network;
import org.rondoml.core.engine.Predictor;
import org.rondoml.core.engine.Workers;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.registry.Registry;
import org.rondoml.dsl.specification.Specification;

/** A model with weights, and what computes it. Needs neither data nor a compile section. */
public final class ModelModule extends AbstractModule {
  private final Specification specification;
  private final Registry registry;
  private final Settings settings;

  /**
   * The model of a specification.
   *
   * @param specification with a seed
   */
  public ModelModule(Specification specification, Registry registry, Settings settings) {
    this.specification = specification;
    this.registry = registry;
    this.settings = settings;
  }

  @Override
  protected void configure() {
    bind(Specification.class).toInstance(specification);
    bind(Registry.class).toInstance(registry);
    bind(Settings.class).toInstance(settings);
    bind(Semantics.class).toInstance(specification.semantics());
    bind(Precision.class).toInstance(specification.precision());
  }

  @Provides
  @Singleton
  Graph graph(Specification model) {
    return model.requireGraph();
  }

  /** The libraries; that one of them can compute the model is known from here on. */
  @Provides
  @Singleton
  KernelSelection kernelSelection(Precision precision) {
    try {
      return KernelSelection.load(ModelModule.class.getClassLoader()).requiring(precision);
    } catch (IllegalStateException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  @Provides
  @Singleton
  Kernels kernels(KernelSelection selection, Precision precision) {
    return selection.kernels(precision);
  }

  @Provides
  @Singleton
  Arithmetic arithmetic(KernelSelection selection, Precision precision, Settings chosen) {
    return new Arithmetic(selection.choice(precision), Vec.implementation(), chosen.threads());
  }

  @Provides
  @Singleton
  Network network(Specification model, Graph graph, Precision precision, Kernels kernels) {
    Long seed = model.seed();
    if (seed == null) {
      throw new IllegalStateException("a model that is run has a seed: see Specification.withSeed");
    }
    return new Network(graph, precision, kernels, seed);
  }

  @Provides
  @Singleton
  Workers workers(Settings chosen) {
    return new Workers(chosen.threads());
  }

  @Provides
  @Singleton
  Predictor predictor(Network network, Workers workers) {
    return new Predictor(network, workers);
  }

  @Provides
  @Singleton
  WeightFiles weightFiles(Registry components, Semantics semantics) {
    return new WeightFiles(components, semantics);
  }
}
