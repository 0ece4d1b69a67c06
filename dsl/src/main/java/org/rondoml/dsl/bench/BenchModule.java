package org.rondoml.dsl.bench;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.util.Modules;
import java.util.List;
import org.rondoml.api.Precision;
import org.rondoml.core.compute.KernelSelection;
import org.rondoml.core.compute.Kernels;
import org.rondoml.core.engine.Predictor;
import org.rondoml.core.engine.Workers;
import org.rondoml.dsl.run.SampleLoader;
import org.rondoml.dsl.run.TrainingBenchFactory;
import org.rondoml.dsl.specification.Specification;

/** A model whose matrix products are timed. */
public final class BenchModule extends AbstractModule {
  private BenchModule() {}

  /** Modules of a model and its training, with what {@link Bench} needs laid over them. */
  public static List<Module> over(List<? extends Module> modules) {
    return List.of(Modules.override(modules).with(new BenchModule()));
  }

  @Provides
  @Singleton
  ProductClock productClock() {
    return new ProductClock();
  }

  @Provides
  @Singleton
  Kernels kernels(KernelSelection selection, Precision precision, ProductClock clock) {
    return new TimedKernels(selection.kernels(precision), clock);
  }

  @Provides
  Bench bench(
      Specification model,
      SampleLoader loader,
      TrainingBenchFactory training,
      Predictor predictor,
      Workers workers,
      KernelSelection kernels,
      ProductClock products) {
    return new Bench(model, loader, training, predictor, workers, kernels, products);
  }
}
