package org.rondoml.standard.optimizers;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Alias;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.ElementWiseOptimizer;
import org.rondoml.core.spi.Optimizer;
import org.rondoml.core.spi.Schedule;

/**
 * Adamax: Adam with the largest gradient of late in place of the root of the average square. With t
 * steps done and gradient g:
 *
 * <pre>
 * m = beta_1 · m + (1 - beta_1) · g
 * u = max(beta_2 · u, |g|)
 * w = w - lr / (1 - beta_1^(t+1)) · m / (u + epsilon)
 * </pre>
 *
 * <p>Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015, section 7.1. Source:
 * Keras, {@code keras/src/optimizers/adamax.py}; tf_keras, {@code optimizers/legacy/adamax.py}.
 */
public final class Adamax implements ElementWiseOptimizer {
  private final Config config;
  private final Float32 rounding;

  /**
   * The optimizer with its keys.
   *
   * @param semantics whose form and rounding it has
   */
  public Adamax(Config config, Semantics semantics) {
    this.config = config;
    rounding = new Float32(semantics);
  }

  @Override
  public List<Slot> slots() {
    return List.of(new Slot("momentum"), new Slot("norm"));
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
    double beta1 = rounding.legacy(config.beta_1());
    double beta2 = rounding.legacy(config.beta_2());
    double rate = learningRate / (1 - Math.pow(Float32.of(config.beta_1()), iteration + 1.0));
    return (w, g, slots) -> {
      if (rounding.isLegacy() && g.isUnused()) {
        return;
      }
      Vec m = slots.get(0).blend(beta1, g.value(), 1 - beta1);
      Vec u = slots.get(1);
      Vec step = g.value();
      u.scale(u, beta2).max(u, g.abs(step));
      w.addScaled(step.divide(m, step.affine(u, 1, config.epsilon())), -rate);
    };
  }

  /**
   * The keys.
   *
   * @param learningRate the learning rate
   * @param beta_1 how much of the gradients' average stays at a step
   * @param beta_2 how much of the largest gradient stays at a step
   * @param epsilon keeps the divisor from 0
   */
  @Description("Adamax: steps along the average gradient over the largest gradient of late.")
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
      @Description("how much of the largest gradient stays at a step")
          @Default("0.999")
          @DecimalMin("0")
          @DecimalMax(value = "1", inclusive = false)
          double beta_2,
      @Description("keeps the divisor from 0") @Default("1e-7") @Positive double epsilon) {}

  /** Brings {@code Adamax}. */
  public static final class Provider extends LegacyProvider<Config> {
    @Override
    public String id() {
      return "Adamax";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Optimizer create(Config config, Semantics semantics) {
      return new Adamax(config, semantics);
    }
  }
}
