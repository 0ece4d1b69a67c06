package org.rondoml.standard.optimizers;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Alias;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.ElementWiseOptimizer;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Optimizer;
import org.rondoml.core.spi.Schedule;

/**
 * Adam: steps along the moving average of the gradients over the root of that of their squares.
 * With t steps done and gradient g:
 *
 * <pre>
 * alpha = lr · sqrt(1 - beta_2^(t+1)) / (1 - beta_1^(t+1))
 * m     = beta_1 · m + (1 - beta_1) · g
 * v     = beta_2 · v + (1 - beta_2) · g²
 * v̂     = max(v̂, v) with amsgrad, else v
 * w     = w - alpha · m / (sqrt(v̂) + epsilon)
 * </pre>
 *
 * <p>Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015, in the form just
 * before its section 2.1. Source: Keras, {@code keras/src/optimizers/adam.py}; tf_keras, {@code
 * optimizers/legacy/adam.py}.
 */
public final class Adam implements ElementWiseOptimizer {
  private final Config config;
  private final Float32 rounding;
  private final AdamMoments moments;

  /**
   * The optimizer with its keys.
   *
   * @param semantics whose rounding of the keys it has
   */
  public Adam(Config config, Semantics semantics) {
    this.config = config;
    rounding = new Float32(semantics);
    moments =
        new AdamMoments(
            config.beta_1(), config.beta_2(), config.epsilon(), config.amsgrad(), rounding);
  }

  @Override
  public List<Slot> slots() {
    return moments.slots();
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
    return moments.step(iteration, learningRate);
  }

  /**
   * The keys.
   *
   * @param learningRate the learning rate
   * @param beta_1 how much of the gradients' average stays at a step
   * @param beta_2 how much of the squares' average stays at a step
   * @param epsilon keeps the divisor from 0
   * @param amsgrad whether to divide by the root of the largest average so far
   */
  @Description("Adam: steps along the average gradient over the root of the average square.")
  // A key's name is its component's, and Keras writes beta_1.
  @SuppressWarnings("MemberName")
  @Example("Adam: {learning_rate: 1e-3, clipnorm: 1.0}")
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
          boolean amsgrad) {}

  /** Brings {@code Adam}. */
  public static final class Provider extends LegacyProvider<Config> {
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
      return new Adam(config, semantics);
    }
  }
}
