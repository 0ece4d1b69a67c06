package org.rondoml.standard.optimizers;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import java.util.ArrayList;
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
 * RMSprop: steps along the gradient over the root of the moving average of its squares. With
 * gradient g:
 *
 * <pre>
 * v = rho · v + (1 - rho) · g²
 * a = rho · a + (1 - rho) · g                     (centered)
 * d = v - a² when centered, else v
 *
 * without momentum:  w = w - lr · g / sqrt(d + epsilon)
 * with momentum:     m = momentum · m + lr · g / sqrt(d + epsilon)
 *                    w = w - m
 * </pre>
 *
 * <p>Before Keras 3 the divisor without momentum is {@code sqrt(d) + epsilon}.
 *
 * <p>Hinton, "Neural networks for machine learning", lecture 6e, 2012. Source: Keras, {@code
 * keras/src/optimizers/rmsprop.py}; tf_keras, {@code optimizers/legacy/rmsprop.py}.
 */
public final class RmsProp implements ElementWiseOptimizer {
  private final Config config;
  private final Float32 rounding;

  /**
   * The optimizer with its keys.
   *
   * @param semantics whose form and rounding it has
   */
  public RmsProp(Config config, Semantics semantics) {
    this.config = config;
    rounding = new Float32(semantics);
  }

  @Override
  public List<Slot> slots() {
    List<Slot> slots = new ArrayList<>();
    slots.add(new Slot("velocity"));
    if (config.momentum() > 0) {
      slots.add(new Slot("momentum"));
    }
    if (config.centered()) {
      slots.add(new Slot("average_gradient"));
    }
    return slots;
  }

  @Override
  public int scratch() {
    return 1;
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
    double rho = rounding.legacy(config.rho());
    double momentum = rounding.legacy(config.momentum());
    boolean rootAlone = rounding.isLegacy() && momentum == 0;
    return (w, g, slots) -> {
      if (rounding.isLegacy() && momentum > 0 && g.isUnused()) {
        return;
      }
      int next = 0;
      Vec v = g.blendSquare(slots.get(next++), rho, 1 - rho);
      Vec m = momentum > 0 ? slots.get(next++) : null;
      Vec a = config.centered() ? slots.get(next++).blend(rho, g.value(), 1 - rho) : null;
      Vec d = slots.get(next);
      if (a == null) {
        d.copy(v);
      } else {
        d.multiply(a, a).subtract(v, d);
      }
      if (rootAlone) {
        w.subtractRatio(learningRate, g.value(), d, config.epsilon());
        return;
      }
      Vec step = g.value().divide(g.value(), d.affine(d, 1, config.epsilon()).sqrt(d));
      if (m == null) {
        w.addScaled(step, -learningRate);
      } else {
        w.subtract(w, m.blend(momentum, step, learningRate));
      }
    };
  }

  /**
   * The keys.
   *
   * @param learningRate the learning rate
   * @param rho how much of the squares' average stays at a step
   * @param momentum the share of the last update that goes into the next
   * @param epsilon keeps the divisor from 0
   * @param centered whether the variance of the gradient takes the place of its mean square
   */
  @Description("RMSprop: steps along the gradient over the root of its average square.")
  @Example("RMSprop: {learning_rate: 1e-3, rho: 0.9}")
  public record Config(
      @Description("the learning rate, or a schedule of it")
          @Default("0.001")
          @Alias(
              value = "lr",
              in = {Semantics.TF1, Semantics.TF2})
          Schedule learningRate,
      @Description("how much of the squares' average stays at a step")
          @Default("0.9")
          @DecimalMin("0")
          @DecimalMax(value = "1", inclusive = false)
          double rho,
      @Description("the share of the last update that goes into the next")
          @Default("0.0")
          @DecimalMin("0")
          @DecimalMax("1")
          double momentum,
      @Description("keeps the divisor from 0") @Default("1e-7") @Positive double epsilon,
      @Description("whether the variance of the gradient takes the place of its mean square")
          @Default("false")
          boolean centered) {}

  /** Brings {@code RMSprop}. */
  public static final class Provider extends LegacyProvider<Config> {
    @Override
    public String id() {
      return "RMSprop";
    }

    @Override
    public List<String> aliases() {
      return List.of("rmsprop", "RMSProp");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Optimizer create(Config config, Semantics semantics) {
      return new RmsProp(config, semantics);
    }
  }
}
