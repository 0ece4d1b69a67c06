package org.rondoml.standard.optimizers;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.ElementWiseOptimizer;
import org.rondoml.core.spi.Optimizer;
import org.rondoml.core.spi.Schedule;

/**
 * Lion: every weight steps by the learning rate, along the sign of a moving average of the
 * gradients. With gradient g:
 *
 * <pre>
 * w = w - lr · sign(beta_1 · m + (1 - beta_1) · g)
 * m = beta_2 · m + (1 - beta_2) · g
 * </pre>
 *
 * <p>Chen et al., "Symbolic discovery of optimization algorithms", NeurIPS 2023. Source: Keras,
 * {@code keras/src/optimizers/lion.py}; tf_keras, {@code optimizers/lion.py}.
 */
public final class Lion implements ElementWiseOptimizer {
  private final Config config;

  /** The optimizer with its keys. */
  public Lion(Config config) {
    this.config = config;
  }

  @Override
  public List<Slot> slots() {
    return List.of(new Slot("momentum"));
  }

  @Override
  public int scratch() {
    return 1;
  }

  @Override
  public Schedule learningRate() {
    return config.learningRate();
  }

  @Override
  public Rule step(long iteration, double learningRate) {
    double beta1 = Float32.of(config.beta_1());
    double beta2 = Float32.of(config.beta_2());
    return (w, g, slots) -> {
      Vec m = slots.get(0);
      Vec direction = slots.get(1).scale(m, beta1).addScaled(g.value(), 1 - beta1);
      w.addScaled(direction.sign(direction), -learningRate);
      m.blend(beta2, g.value(), 1 - beta2);
    };
  }

  /**
   * The keys.
   *
   * @param learningRate the learning rate
   * @param beta_1 how much of the direction comes from the gradients before
   * @param beta_2 how much of the gradients' average stays at a step
   */
  @Description("Lion: every weight steps by the learning rate, along the average gradient's sign.")
  // A key's name is its component's, and Keras writes beta_1.
  @SuppressWarnings("MemberName")
  public record Config(
      @Description("the learning rate, or a schedule of it")
          @Default(value = "0.001", tf1 = "0.0001", tf2 = "0.0001")
          Schedule learningRate,
      @Description("how much of the direction comes from the gradients before")
          @Default("0.9")
          @DecimalMin(value = "0", inclusive = false)
          @DecimalMax("1")
          double beta_1,
      @Description("how much of the gradients' average stays at a step")
          @Default("0.99")
          @DecimalMin("0")
          @DecimalMax(value = "1", inclusive = false)
          double beta_2) {}

  /** Brings {@code Lion}. */
  public static final class Provider extends NewProvider<Config> {
    @Override
    public String id() {
      return "Lion";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Optimizer create(Config config, Semantics semantics) {
      return new Lion(config);
    }
  }
}
