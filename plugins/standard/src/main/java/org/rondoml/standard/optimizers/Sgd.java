package org.rondoml.standard.optimizers;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Alias;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.ElementWiseOptimizer;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Optimizer;
import org.rondoml.core.spi.Schedule;

/**
 * Stochastic gradient descent, with momentum where asked for. With gradient g:
 *
 * <pre>
 * without momentum:  w = w - lr · g
 * with momentum:     m = momentum · m - lr · g
 *                    w = w + m
 * with nesterov:     w = w + momentum · m - lr · g    (in place of w + m)
 * </pre>
 *
 * <p>Source: Keras, {@code keras/src/optimizers/sgd.py}; tf_keras, {@code
 * optimizers/legacy/gradient_descent.py}.
 */
public final class Sgd implements ElementWiseOptimizer {
  private final Config config;
  private final Float32 rounding;

  /**
   * The optimizer with its keys.
   *
   * @param semantics whose rounding of the keys it has
   */
  public Sgd(Config config, Semantics semantics) {
    this.config = config;
    rounding = new Float32(semantics);
  }

  @Override
  public List<Slot> slots() {
    return config.momentum() == 0 ? List.of() : List.of(new Slot("momentum"));
  }

  @Override
  public boolean isLegacy() {
    return rounding.isLegacy();
  }

  @Override
  public Schedule learningRate() {
    return config.learningRate();
  }

  @Override
  public Rule step(long iteration, double learningRate) {
    double momentum = Float32.of(config.momentum());
    if (momentum == 0) {
      return (w, g, slots) -> w.addScaled(g.value(), -learningRate);
    }
    return (w, g, slots) -> {
      if (rounding.isLegacy() && g.isUnused()) {
        return;
      }
      Vec m = slots.get(0);
      m.blend(momentum, g.value(), -learningRate);
      if (config.nesterov()) {
        w.addScaled(m, momentum).addScaled(g.value(), -learningRate);
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
   */
  @Description("Stochastic gradient descent, with momentum where asked for.")
  @Example("SGD: {learning_rate: 0.01, momentum: 0.9, nesterov: true}")
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
      @Description("whether to look ahead along the momentum, where there is one") @Default("false")
          boolean nesterov) {}

  /** Brings {@code SGD}. */
  public static final class Provider extends LegacyProvider<Config> {
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
      return new Sgd(config, semantics);
    }
  }
}
