package org.rondoml.standard.optimizers;

import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.PositiveOrZero;
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
 * Ftrl, "follow the regularized leader": keeps weights at exactly 0 where l1 outweighs their
 * gradients. With gradient g and p = -learning_rate_power:
 *
 * <pre>
 * a' = a + g²               (initial_accumulator_value at first)
 * σ  = (a'^p - a^p) / lr
 * z  = z + g + 2 · l2_shrinkage · w - σ · w
 * q  = a'^p / lr + 2 · l2 + beta / lr
 * w  = (clip(z, -l1, l1) - z) / q
 * a  = a'
 * </pre>
 *
 * <p>So the first step puts the weights near 0, wherever they were.
 *
 * <p>McMahan et al., "Ad click prediction: a view from the trenches", KDD 2013. Source: Keras,
 * {@code keras/src/optimizers/ftrl.py}; tf_keras, {@code optimizers/legacy/ftrl.py}.
 */
public final class Ftrl implements ElementWiseOptimizer {
  private final Config config;
  private final Float32 rounding;

  /**
   * The optimizer with its keys.
   *
   * @param semantics whose form and rounding it has
   */
  public Ftrl(Config config, Semantics semantics) {
    this.config = config;
    rounding = new Float32(semantics);
  }

  @Override
  public List<Slot> slots() {
    return List.of(
        new Slot("accumulator", rounding.keras3(config.initialAccumulatorValue())),
        new Slot("linear"));
  }

  @Override
  public int scratch() {
    return 3;
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
    double power = -rounding.legacy(config.learningRatePower());
    double l1 = rounding.legacy(config.l1RegularizationStrength());
    double l2 = rounding.legacy(config.l2RegularizationStrength());
    double shrinkage = rounding.legacy(config.l2ShrinkageRegularizationStrength());
    double beta = rounding.legacy(config.beta());
    return (w, g, slots) -> {
      if (rounding.isLegacy() && g.isUnused()) {
        return;
      }
      Vec a = slots.get(0);
      Vec z = slots.get(1);
      Vec more = g.blendSquare(slots.get(2).copy(a), 1, 1); // a'
      Vec raised = raise(slots.get(3), more, power);
      Vec sigma = raise(slots.get(4), a, power);
      sigma.subtract(raised, sigma).scale(sigma, 1 / learningRate);
      z.add(z, g.value()).addScaled(w, 2 * shrinkage).subtract(z, sigma.multiply(sigma, w));
      Vec q = raised.affine(raised, 1 / learningRate, 2 * l2 + beta / learningRate);
      w.clip(z, -l1, l1).subtract(w, z).divide(w, q);
      a.copy(more);
    };
  }

  private static Vec raise(Vec to, Vec from, double power) {
    return power == 0.5 ? to.sqrt(from) : to.map(from, x -> Math.pow(x, power));
  }

  /**
   * The keys.
   *
   * @param learningRate the learning rate
   * @param learningRatePower how the learning rate falls with the sum of squares
   * @param initialAccumulatorValue the sum of squares before the first step
   * @param l1RegularizationStrength l1, which makes weights exactly 0
   * @param l2RegularizationStrength l2, which makes weights small
   * @param l2ShrinkageRegularizationStrength l2_shrinkage, a penalty on the size of the weights
   * @param beta makes the learning rates smaller
   */
  @Description("Ftrl, follow the regularized leader: keeps weights at 0 that do not pay.")
  public record Config(
      @Description("the learning rate, or a schedule of it")
          @Default("0.001")
          @Alias(
              value = "lr",
              in = {})
          Schedule learningRate,
      @Description("how the learning rate falls with the sum of squares; 0 for a constant one")
          @Default("-0.5")
          @NegativeOrZero
          double learningRatePower,
      @Description("the sum of squares before the first step") @Default("0.1") @PositiveOrZero
          double initialAccumulatorValue,
      @Description("l1, which makes weights exactly 0") @Default("0.0") @PositiveOrZero
          double l1RegularizationStrength,
      @Description("l2, which makes weights small") @Default("0.0") @PositiveOrZero
          double l2RegularizationStrength,
      @Description("l2_shrinkage, a penalty on the size of the weights")
          @Default("0.0")
          @PositiveOrZero
          double l2ShrinkageRegularizationStrength,
      @Description("makes the learning rates smaller") @Default("0.0") @PositiveOrZero
          double beta) {}

  /** Brings {@code Ftrl}. */
  public static final class Provider extends LegacyProvider<Config> {
    @Override
    public String id() {
      return "Ftrl";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Optimizer create(Config config, Semantics semantics) {
      return new Ftrl(config, semantics);
    }
  }
}
