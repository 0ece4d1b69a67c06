package org.rondoml.standard.optimizers;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Alias;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.Optimizer;
import org.rondoml.core.spi.Schedule;

/**
 * Stochastic gradient descent, with momentum where asked for. With t steps done and gradient g:
 *
 * <pre>
 * lr = learning_rate / (1 + decay · t)
 *
 * without momentum:  w = w - lr · g
 * with momentum:     m = momentum · m - lr · g
 *                    w = w + m
 * with nesterov:     w = w + momentum · m - lr · g    (in place of w + m)
 * </pre>
 *
 * <p>Source: Keras, {@code keras/src/optimizers/sgd.py}; tf_keras, {@code
 * optimizers/legacy/gradient_descent.py} for decay.
 */
public final class Sgd implements Optimizer {
  private final Config config;

  /** The optimizer with its keys. */
  public Sgd(Config config) {
    this.config = config;
  }

  @Override
  public List<String> slots() {
    return config.momentum() == 0 ? List.of() : List.of("momentum");
  }

  @Override
  public Schedule learningRate() {
    return config.learningRate();
  }

  @Override
  public Rule step(long iteration, double learningRate) {
    double lr = learningRate / (1 + config.decay() * iteration);
    double momentum = config.momentum();
    if (momentum == 0) {
      return (w, g, slots) -> w.addScaled(g, -lr);
    }
    return (w, g, slots) -> {
      Vec m = slots.get(0);
      m.blend(momentum, g, -lr);
      if (config.nesterov()) {
        w.addScaled(m, momentum).addScaled(g, -lr);
      } else {
        w.add(w, m);
      }
    };
  }

  /**
   * The keys.
   *
   * @param learningRate the learning rate
   * @param momentum the share of the last update that goes into the next
   * @param nesterov whether to look ahead along the momentum
   * @param decay how fast the learning rate falls
   */
  @Description("Stochastic gradient descent, with momentum where asked for.")
  public record Config(
      @Description("the learning rate, or a schedule of it")
          @Default("0.01")
          @Alias(
              value = "lr",
              in = {Semantics.TF1, Semantics.TF2})
          Schedule learningRate,
      @Description("the share of the last update that goes into the next")
          @Default("0.0")
          @DecimalMin("0")
          @DecimalMax("1")
          double momentum,
      @Description("whether to look ahead along the momentum") @Default("false") boolean nesterov,
      @Description("how fast the learning rate falls: after t steps it is divided by 1 + decay * t")
          @Default("0.0")
          @KnownIn(
              value = {Semantics.TF1, Semantics.TF2},
              cure =
                  "Keras 3 has no decay: write semantics: tf2 to keep it, or drop it here and set a"
                      + " smaller learning_rate")
          @PositiveOrZero
          double decay) {
    /** Checks that nesterov has a momentum to look along. */
    public Config {
      if (nesterov && momentum == 0) {
        throw new ConfigException(
            "nesterov",
            "nesterov: true has no effect without momentum: set momentum, such as 0.9, or drop"
                + " nesterov");
      }
    }
  }

  /** Brings {@code SGD}. */
  public static final class Provider implements Optimizer.Provider<Config> {
    @Override
    public String id() {
      return "SGD";
    }

    @Override
    public List<String> aliases() {
      return List.of("sgd");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Optimizer create(Config config, Semantics semantics) {
      return new Sgd(config);
    }
  }
}
