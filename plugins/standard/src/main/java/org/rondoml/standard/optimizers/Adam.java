package org.rondoml.standard.optimizers;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Alias;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.Optimizer;
import org.rondoml.core.spi.Schedule;

/**
 * Adam: steps along the moving average of the gradients over the root of that of their squares.
 * With t steps done and gradient g:
 *
 * <pre>
 * lr    = learning_rate / (1 + decay · t)
 * alpha = lr · sqrt(1 - beta_2^(t+1)) / (1 - beta_1^(t+1))
 * m     = beta_1 · m + (1 - beta_1) · g
 * v     = beta_2 · v + (1 - beta_2) · g²
 * v̂     = max(v̂, v) with amsgrad, else v
 * w     = w - alpha · m / (sqrt(v̂) + epsilon)
 * </pre>
 *
 * <p>Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015, in the form just
 * before its section 2.1. Source: Keras, {@code keras/src/optimizers/adam.py}; tf_keras, {@code
 * optimizers/legacy/adam.py} for decay.
 */
public final class Adam implements Optimizer {
  private final Config config;

  /** The optimizer with its keys. */
  public Adam(Config config) {
    this.config = config;
  }

  @Override
  public List<String> slots() {
    return config.amsgrad()
        ? List.of("momentum", "velocity", "velocity_hat")
        : List.of("momentum", "velocity");
  }

  @Override
  public Schedule learningRate() {
    return config.learningRate();
  }

  @Override
  public Rule step(long iteration, double learningRate) {
    double beta1 = config.beta_1();
    double beta2 = config.beta_2();
    double lr = learningRate / (1 + config.decay() * iteration);
    double alpha =
        lr
            * Math.sqrt(1 - Math.pow(beta2, iteration + 1.0))
            / (1 - Math.pow(beta1, iteration + 1.0));
    return (w, g, slots) -> {
      Vec m = slots.get(0).blend(beta1, g, 1 - beta1);
      Vec v = slots.get(1).blendSquare(beta2, g, 1 - beta2);
      if (config.amsgrad()) {
        Vec largest = slots.get(2);
        v = largest.combine(largest, v, Math::max);
      }
      w.subtractRatio(alpha, m, v, config.epsilon());
    };
  }

  /**
   * The keys.
   *
   * @param learningRate the learning rate
   * @param beta_1 how much of the gradients' average stays at a step
   * @param beta_2 how much of the squares' average stays at a step
   * @param epsilon keeps the divisor from 0
   * @param amsgrad whether to divide by the root of the largest average so far
   * @param decay how fast the learning rate falls
   */
  @Description("Adam: steps along the average gradient over the root of the average square.")
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
      @Description("whether to divide by the root of the largest average so far") @Default("false")
          boolean amsgrad,
      @Description("how fast the learning rate falls: after t steps it is divided by 1 + decay * t")
          @Default("0.0")
          @KnownIn(
              value = {Semantics.TF1, Semantics.TF2},
              cure =
                  "Keras 3 has no decay: write semantics: tf2 to keep it, or drop it here and set a"
                      + " smaller learning_rate")
          @PositiveOrZero
          double decay) {}

  /** Brings {@code Adam}. */
  public static final class Provider implements Optimizer.Provider<Config> {
    @Override
    public String id() {
      return "Adam";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Optimizer create(Config config, Semantics semantics) {
      return new Adam(config);
    }
  }
}
