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
 * Adadelta: steps as large as past steps were, along the gradient over the root of the moving
 * average of its squares. With gradient g:
 *
 * <pre>
 * a = rho · a + (1 - rho) · g²
 * δ = - sqrt(d + epsilon) · g / sqrt(a + epsilon)
 * d = rho · d + (1 - rho) · δ²
 * w = w + lr · δ
 * </pre>
 *
 * <p>Zeiler, "ADADELTA: an adaptive learning rate method", 2012. Source: Keras, {@code
 * keras/src/optimizers/adadelta.py}; tf_keras, {@code optimizers/legacy/adadelta.py}.
 */
public final class Adadelta implements ElementWiseOptimizer {
  private final Config config;
  private final Float32 rounding;

  /**
   * The optimizer with its keys.
   *
   * @param semantics whose form and rounding it has
   */
  public Adadelta(Config config, Semantics semantics) {
    this.config = config;
    rounding = new Float32(semantics);
  }

  @Override
  public List<Slot> slots() {
    return List.of(new Slot("accumulated_grad"), new Slot("accumulated_delta_var"));
  }

  @Override
  public int scratch() {
    return 2;
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
    double epsilon = config.epsilon();
    return (w, g, slots) -> {
      if (rounding.isLegacy() && g.isUnused()) {
        return;
      }
      Vec a = g.blendSquare(slots.get(0), rho, 1 - rho);
      Vec d = slots.get(1);
      Vec size = slots.get(2);
      Vec squares = slots.get(3);
      size.affine(d, 1, epsilon).divide(size, squares.affine(a, 1, epsilon)).sqrt(size); // -δ / g
      g.square(squares).multiply(squares, size).multiply(squares, size);
      d.blend(rho, squares, 1 - rho);
      w.addScaled(size.multiply(size, g.value()), -learningRate);
    };
  }

  /**
   * The keys.
   *
   * @param learningRate the learning rate
   * @param rho how much of the averages stays at a step
   * @param epsilon keeps the divisor from 0
   */
  @Description("Adadelta: steps as large as past ones, along the gradient over its average size.")
  public record Config(
      @Description("the learning rate, or a schedule of it")
          @Default("0.001")
          @Alias(
              value = "lr",
              in = {Semantics.TF1, Semantics.TF2})
          Schedule learningRate,
      @Description("how much of the averages stays at a step")
          @Default("0.95")
          @DecimalMin("0")
          @DecimalMax(value = "1", inclusive = false)
          double rho,
      @Description("keeps the divisor from 0") @Default("1e-7") @Positive double epsilon) {}

  /** Brings {@code Adadelta}. */
  public static final class Provider extends LegacyProvider<Config> {
    @Override
    public String id() {
      return "Adadelta";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Optimizer create(Config config, Semantics semantics) {
      return new Adadelta(config, semantics);
    }
  }
}
