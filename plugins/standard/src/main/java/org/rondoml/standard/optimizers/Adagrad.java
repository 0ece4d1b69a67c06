package org.rondoml.standard.optimizers;

import jakarta.validation.constraints.Positive;
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
 * Adagrad: steps along the gradient over the root of the sum of all its squares so far, so elements
 * that change often change ever less. With gradient g:
 *
 * <pre>
 * a = a + g²                (initial_accumulator_value at first)
 * w = w - lr · g / sqrt(a + epsilon)
 * </pre>
 *
 * <p>Before Keras 3 the divisor is {@code sqrt(a) + epsilon}.
 *
 * <p>Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and stochastic
 * optimization", JMLR 12, 2011. Source: Keras, {@code keras/src/optimizers/adagrad.py}; tf_keras,
 * {@code optimizers/legacy/adagrad.py}.
 */
public final class Adagrad implements ElementWiseOptimizer {
  private final Config config;
  private final Float32 rounding;

  /**
   * The optimizer with its keys.
   *
   * @param semantics whose form and rounding it has
   */
  public Adagrad(Config config, Semantics semantics) {
    this.config = config;
    rounding = new Float32(semantics);
  }

  @Override
  public List<Slot> slots() {
    return List.of(new Slot("accumulator", rounding.keras3(config.initialAccumulatorValue())));
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
    double epsilon = config.epsilon();
    return (w, g, slots) -> {
      Vec a = g.blendSquare(slots.get(0), 1, 1);
      if (rounding.isLegacy()) {
        w.subtractRatio(learningRate, g.value(), a, epsilon);
      } else {
        Vec root = slots.get(1);
        Vec step = g.value().divide(g.value(), root.affine(a, 1, epsilon).sqrt(root));
        w.addScaled(step, -learningRate);
      }
    };
  }

  /**
   * The keys.
   *
   * @param learningRate the learning rate
   * @param initialAccumulatorValue the sum of squares before the first step
   * @param epsilon keeps the divisor from 0
   */
  @Description("Adagrad: steps along the gradient over the root of the sum of all its squares.")
  public record Config(
      @Description("the learning rate, or a schedule of it")
          @Default("0.001")
          @Alias(
              value = "lr",
              in = {Semantics.TF1, Semantics.TF2})
          Schedule learningRate,
      @Description("the sum of squares before the first step") @Default("0.1") @PositiveOrZero
          double initialAccumulatorValue,
      @Description("keeps the divisor from 0") @Default("1e-7") @Positive double epsilon) {}

  /** Brings {@code Adagrad}. */
  public static final class Provider extends LegacyProvider<Config> {
    @Override
    public String id() {
      return "Adagrad";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Optimizer create(Config config, Semantics semantics) {
      return new Adagrad(config, semantics);
    }
  }
}
