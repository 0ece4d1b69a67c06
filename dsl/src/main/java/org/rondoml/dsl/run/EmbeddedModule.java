package org.rondoml.dsl.run;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import java.util.function.BooleanSupplier;
import org.rondoml.core.engine.Checkpoint;
import org.rondoml.core.engine.TrainingListener;

/**
 * Training inside another program: nothing is shown, nothing is written, and the thread's
 * interruption stops it.
 */
public final class EmbeddedModule extends AbstractModule {
  /** Silent training. */
  public EmbeddedModule() {}

  @Provides
  Checkpoint.Store store() {
    return (name, checkpoint) -> {};
  }

  @Provides
  TrainingListener listener() {
    return new TrainingListener() {};
  }

  @Provides
  BooleanSupplier interrupted() {
    return () -> Thread.currentThread().isInterrupted();
  }
}
