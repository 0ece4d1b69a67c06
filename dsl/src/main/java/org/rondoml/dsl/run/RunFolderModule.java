package org.rondoml.dsl.run;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.util.function.BooleanSupplier;
import org.rondoml.core.engine.Checkpoint;
import org.rondoml.core.engine.FitPlan;
import org.rondoml.core.engine.TrainingListener;
import org.rondoml.dsl.runfolder.RunFolder;
import org.rondoml.dsl.runfolder.RunLog;

/** Training that is kept in a run folder, logged there, and shown. */
public final class RunFolderModule extends AbstractModule {
  private final RunFolder folder;
  private final RunLog log;
  private final TrainingListener progress;
  private final BooleanSupplier interrupted;

  /**
   * Training into a folder.
   *
   * @param progress shows it
   * @param interrupted asked after every step: whether to save and stop
   */
  public RunFolderModule(
      RunFolder folder, RunLog log, TrainingListener progress, BooleanSupplier interrupted) {
    this.folder = folder;
    this.log = log;
    this.progress = progress;
    this.interrupted = interrupted;
  }

  @Override
  protected void configure() {
    bind(RunFolder.class).toInstance(folder);
    bind(RunLog.class).toInstance(log);
    bind(BooleanSupplier.class).toInstance(interrupted);
  }

  @Provides
  @Singleton
  Checkpoint.Store store(RunFolder run, FitPlan plan) {
    return run.store(plan);
  }

  @Provides
  @Singleton
  TrainingListener listener(RunLog runLog) {
    return new Listeners(progress, runLog);
  }
}
