package org.rondoml.dsl.run;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import java.util.List;
import org.rondoml.api.RondoException;
import org.rondoml.core.engine.Workers;

/** An injector, and the threads it has started. What is asked for is made then, and not before. */
public final class Experiment implements AutoCloseable {
  private final Injector injector;

  /** What some modules bind. */
  public Experiment(List<? extends Module> modules) {
    this.injector = Guice.createInjector(Stage.DEVELOPMENT, modules);
  }

  /**
   * What is bound for a class.
   *
   * @throws RondoException where a user's mistake stands in the way: missing data, an unknown
   *     ending
   */
  public <T> T get(Class<T> type) {
    try {
      return injector.getInstance(type);
    } catch (ProvisionException e) {
      if (e.getCause() instanceof RondoException mistake) {
        throw mistake;
      }
      throw e;
    }
  }

  @Override
  public void close() {
    injector.getInstance(Workers.class).close();
  }
}
