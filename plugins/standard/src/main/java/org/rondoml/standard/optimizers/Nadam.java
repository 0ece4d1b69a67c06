package org.rondoml.standard.optimizers;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Alias;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.ElementWiseOptimizer;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.Optimizer;
import org.rondoml.core.spi.Schedule;
import org.rondoml.standard.schedules.Constant;

/**
 * Nadam: Adam with Nesterov's momentum, which looks a step ahead. With t steps done and gradient g:
 *
 * <pre>
 * μ(i) = beta_1 · (1 - 0.5 · 0.96^i)
 * Π(i) = μ(1) · ... · μ(i)
 * m    = beta_1 · m + (1 - beta_1) · g
 * v    = beta_2 · v + (1 - beta_2) · g²
 * m̂    = μ(t+2) · m / (1 - Π(t+2)) + (1 - μ(t+1)) · g / (1 - Π(t+1))
 * v̂    = v / (1 - beta_2^(t+1))
 * w    = w - lr · m̂ / (sqrt(v̂) + epsilon)
 * </pre>
 *
 * <p>Before Keras 3 it is 0.96^(schedule_decay · i), and the common key decay has no effect, as in
 * tf_keras. Since Π follows from the number of steps alone, nothing but m and v is kept.
 *
 * <p>Dozat, "Incorporating Nesterov momentum into Adam", ICLR workshop 2016. Source: Keras, {@code
 * keras/src/optimizers/nadam.py}; tf_keras, {@code optimizers/legacy/nadam.py}.
 */
public final class Nadam implements ElementWiseOptimizer {
  private static final double BASE = 0.96;

  private final Config config;
  private final Float32 rounding;

  /**
   * The optimizer with its keys.
   *
   * @param semantics whose form and rounding it has
   */
  public Nadam(Config config, Semantics semantics) {
    this.config = config;
    rounding = new Float32(semantics);
  }

  @Override
  public List<Slot> slots() {
    return List.of(new Slot("momentum"), new Slot("velocity"));
  }

  @Override
  public boolean isLegacy() {
    return rounding.isLegacy();
  }

  /** tf_keras puts schedule_decay in the place of decay, whatever that is. */
  @Override
  public boolean heedsDecay() {
    return false;
  }

  @Override
  public Schedule learningRate() {
    return config.learningRate();
  }

  @Override
  public Rule step(long iteration, double learningRate) {
    double beta1 = Float32.of(config.beta_1());
    double beta2 = Float32.of(config.beta_2());
    double now = momentum(beta1, iteration + 1);
    double ahead = momentum(beta1, iteration + 2);
    double product = product(iteration + 1);
    double ofM = ahead / (1 - product * ahead);
    double ofG = (1 - now) / (1 - product);
    double root = Math.sqrt(1 - Math.pow(beta2, iteration + 1.0));
    return (w, g, slots) -> {
      Vec m = slots.get(0).blend(beta1, g.value(), 1 - beta1);
      Vec v = g.blendSquare(slots.get(1), beta2, 1 - beta2);
      if (rounding.isLegacy() && g.isUnused()) {
        return;
      }
      Vec mean = g.value().blend(ofG, m, ofM);
      w.subtractRatio(learningRate * root, mean, v, config.epsilon() * root);
    };
  }

  /** μ of a step counted from 1. */
  private double momentum(double beta1, long step) {
    return beta1 * (1 - 0.5 * Math.pow(Float32.of(BASE), exponent() * step));
  }

  /** How fast the exponent of the momentum's schedule grows. */
  private double exponent() {
    return rounding.isLegacy() ? config.scheduleDecay() : 1;
  }

  /** Π of a step counted from 1, multiplied as Keras does it, which soon ends in zero. */
  private double product(long step) {
    double beta1 = rounding.legacy(config.beta_1());
    double base = Math.pow(rounding.legacy(BASE), exponent());
    double power = 1;
    double product = 1;
    for (long i = 1; i <= step && product > 0; i++) {
      power *= base;
      product *= beta1 * (1 - 0.5 * power);
    }
    return product;
  }

  /**
   * The keys.
   *
   * @param learningRate the learning rate
   * @param beta_1 how much of the gradients' average stays at a step
   * @param beta_2 how much of the squares' average stays at a step
   * @param epsilon keeps the divisor from 0
   * @param scheduleDecay how fast the momentum rises to beta_1
   */
  @Description("Nadam: Adam with Nesterov's momentum, which looks a step ahead.")
  // A key's name is its component's, and Keras writes beta_1.
  @SuppressWarnings("MemberName")
  public record Config(
      @Description("the learning rate, or a schedule of it")
          @Default("0.001")
          @Alias(
              value = "lr",
              in = {Semantics.TF1, Semantics.TF2})
          Schedule learningRate,
      @Description("how much of the gradients' average stays at a step")
          @Default("0.9")
          @DecimalMin("0")
          @DecimalMax(value = "1", inclusive = false)
          double beta_1,
      @Description("how much of the squares' average stays at a step")
          @Default("0.999")
          @DecimalMin("0")
          @DecimalMax(value = "1", inclusive = false)
          double beta_2,
      @Description("keeps the divisor from 0") @Default("1e-7") @Positive double epsilon,
      @Description("how fast the momentum rises to beta_1")
          @Default("0.004")
          @KnownIn(
              value = {Semantics.TF1, Semantics.TF2},
              cure =
                  "Keras 3's schedule of the momentum is fixed: drop it, or write semantics: tf2")
          @PositiveOrZero
          double scheduleDecay) {}

  /** Brings {@code Nadam}. */
  public static final class Provider extends LegacyProvider<Config> {
    @Override
    public String id() {
      return "Nadam";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Optimizer create(Config config, Semantics semantics) {
      if (semantics != Semantics.KERAS3 && !(config.learningRate() instanceof Constant)) {
        throw new ConfigException(
            "learning_rate",
            "Nadam takes no schedule in semantics: "
                + semantics
                + ": give it a number, or write semantics: keras3");
      }
      return new Nadam(config, semantics);
    }
  }
}
