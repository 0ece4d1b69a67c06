package org.rondoml.standard.optimizers;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.ElementWiseOptimizer;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Optimizer;
import org.rondoml.core.spi.Schedule;

/**
 * AdamW: {@link Adam} with weight decay, which takes away a share of every weight and leaves the
 * averages of the gradients alone:
 *
 * <pre>
 * w = w - lr · weight_decay · w
 * then as Adam
 * </pre>
 *
 * <p>Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019. Source: Keras,
 * {@code keras/src/optimizers/adamw.py}; tf_keras, {@code optimizers/adamw.py}.
 */
public final class AdamW implements ElementWiseOptimizer {
  private final Config config;
  private final AdamMoments moments;

  /** The optimizer with its keys. */
  public AdamW(Config config) {
    this.config = config;
    moments =
        new AdamMoments(
            config.beta_1(),
            config.beta_2(),
            config.epsilon(),
            config.amsgrad(),
            new Float32(Semantics.KERAS3));
  }

  @Override
  public List<Slot> slots() {
    return moments.slots();
  }

  @Override
  public Double weightDecay() {
    return config.weightDecay();
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
   * @param weightDecay the share of each weight, times the learning rate, that a step takes away
   * @param beta_1 how much of the gradients' average stays at a step
   * @param beta_2 how much of the squares' average stays at a step
   * @param epsilon keeps the divisor from 0
   * @param amsgrad whether to divide by the root of the largest average so far
   */
  @Description("AdamW: Adam with weight decay, which leaves the averages of the gradients alone.")
  // A key's name is its component's, and Keras writes beta_1.
  @SuppressWarnings("MemberName")
  @Example("AdamW: {learning_rate: 1e-3, weight_decay: 0.004}")
  public record Config(
      @Description("the learning rate, or a schedule of it") @Default("0.001")
          Schedule learningRate,
      @Description("the share of each weight, times the learning rate, that a step takes away")
          @Default("0.004")
          @PositiveOrZero
          double weightDecay,
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

  /** Brings {@code AdamW}. */
  public static final class Provider extends NewProvider<Config> {
    @Override
    public String id() {
      return "AdamW";
    }

    @Override
    public List<String> aliases() {
      return List.of("adamw");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Optimizer create(Config config, Semantics semantics) {
      return new AdamW(config);
    }
  }
}
