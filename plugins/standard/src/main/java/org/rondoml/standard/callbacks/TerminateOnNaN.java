package org.rondoml.standard.callbacks;

import java.util.Map;
import org.rondoml.api.Semantics;
import org.rondoml.api.TrainingException;
import org.rondoml.core.spi.Callback;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.KnownIn;

/**
 * Ends training after an epoch that logged a figure that is not finite, such as {@code val_loss}:
 * as if all epochs were done, or with {@code raise_error} as a training that failed, with exit
 * status 4. A training loss that is not finite, the only one that Keras looks at here, is such a
 * failure at once in any case, with or without this callback.
 *
 * <p>Source: Keras, {@code keras/src/callbacks/terminate_on_nan.py}.
 */
public final class TerminateOnNaN implements Callback {
  private final Config config;

  /** The callback with its keys. */
  public TerminateOnNaN(Config config) {
    this.config = config;
  }

  @Override
  public Session start(Run run) {
    return new Session() {
      @Override
      public void epochEnd(int epoch, Map<String, Double> logs) {
        logs.entrySet().stream()
            .filter(log -> !Double.isFinite(log.getValue()))
            .findFirst()
            .ifPresent(log -> end(epoch, log.getKey() + " is " + log.getValue(), run));
      }
    };
  }

  private void end(int epoch, String what, Run run) {
    if (config.raiseError()) {
      throw new TrainingException(what + " after epoch " + (epoch + 1));
    }
    run.say("Epoch " + (epoch + 1) + ": " + what + ", terminating training");
    run.stop();
  }

  /**
   * The keys.
   *
   * @param raiseError whether training has failed then
   */
  @Description(
      "Ends training after an epoch that logged a figure that is not finite, such as val_loss.")
  public record Config(
      @Description("whether training has failed then, instead of being done")
          @Default("false")
          @KnownIn(
              value = Semantics.KERAS3,
              cure = "tf_keras has no raise_error: write semantics: keras3, or drop it")
          boolean raiseError) {}

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
      return new TerminateOnNaN(config);
    }
  }
}
