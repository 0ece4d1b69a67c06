package org.rondoml.dsl.run;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.rondoml.core.compute.KernelSelection;
import org.rondoml.core.engine.Checkpoint;
import org.rondoml.core.engine.FitPlan;
import org.rondoml.core.engine.Network;
import org.rondoml.core.engine.TrainingListener;
import org.rondoml.core.registry.Registry;
import org.rondoml.dsl.runfolder.Environment;
import org.rondoml.dsl.runfolder.RunFolder;
import org.rondoml.dsl.runfolder.RunLog;
import org.rondoml.dsl.specification.Specification;

/**
 * Training that is kept in a run folder, logged there, and shown. The folder is made when it is
 * first asked for, so a mistake that stands in the way of training leaves none behind.
 */
public final class RunFolderModule extends AbstractModule {
  private final Path path;
  private final boolean resume;
  private final TrainingListener progress;
  private final BooleanSupplier interrupted;

  /**
   * Training into a folder.
   *
   * @param resume whether the run is there already
   * @param progress shows the training
   * @param interrupted asked after every step: whether to save and stop
   */
  public RunFolderModule(
      Path path, boolean resume, TrainingListener progress, BooleanSupplier interrupted) {
    this.path = path;
    this.resume = resume;
    this.progress = progress;
    this.interrupted = interrupted;
  }

  @Override
  protected void configure() {
    bind(BooleanSupplier.class).toInstance(interrupted);
  }

  @Provides
  @Singleton
  Environment environment(
      Specification model, Settings settings, KernelSelection kernels, Registry registry) {
    return Environments.current(model, settings, kernels, registry);
  }

  @Provides
  @Singleton
  RunFolder folder(Specification model, Environment environment) {
    RunFolder folder = resume ? RunFolder.open(path) : RunFolder.create(path);
    folder.writeEnvironment(environment);
    folder.writeModel(jarsOf(environment) + model.resolvedText());
    return folder;
  }

  /** What the components came from, as comments: the model file alone tells what it needs. */
  private static String jarsOf(Environment environment) {
    return environment.jars().stream()
        .map(jar -> "# components of " + jar + "\n")
        .collect(Collectors.joining());
  }

  @Provides
  @Singleton
  RunLog log(RunFolder folder) {
    return RunLog.open(folder.logFile(), InstantSource.system());
  }

  @Provides
  @Singleton
  Checkpoint.Store store(RunFolder folder, FitPlan plan, WeightFiles weights, Network network) {
    return folder.store(plan, file -> weights.write(file, network));
  }

  @Provides
  @Singleton
  TrainingListener listener(RunLog log) {
    return new Listeners(progress, log);
  }
}
