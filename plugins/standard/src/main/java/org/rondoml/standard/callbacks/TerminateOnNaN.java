package org.rondoml.standard.callbacks;

import java.util.Map;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Callback;
import org.rondoml.core.spi.Description;

/**
 * Stops training after an epoch that logged a figure that is not finite, such as {@code val_loss}.
 * A training loss that is not finite ends the training at once in any case.
 */
public final class TerminateOnNaN implements Callback {
  @Override
  public Session start(Run run) {
    return new Watch(run);
  }

  private record Watch(Run run) implements Session {
    @Override
    public void epochEnd(int epoch, Map<String, Double> logs) {
      for (Map.Entry<String, Double> log : logs.entrySet()) {
        if (!Double.isFinite(log.getValue())) {
          run.say(
              "Epoch "
                  + (epoch + 1)
                  + ": "
                  + log.getKey()
                  + " is "
                  + log.getValue()
                  + ", terminating training");
          run.stop();
          return;
        }
      }
    }
  }

  /** The keys. */
  @Description(
      "Stops training after an epoch that logged a figure that is not finite, such as val_loss.")
  public record Config() {}

  /** Brings {@code TerminateOnNaN}. */
  public static final class Provider implements Callback.Provider<Config> {
    @Override
    public String id() {
      return "TerminateOnNaN";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Callback create(Config config, Semantics semantics) {
      return new TerminateOnNaN();
    }
  }
}
