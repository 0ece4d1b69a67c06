package org.rondoml.standard.optimizers;

import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Optimizer;
import org.rondoml.core.spi.ParameterWiseOptimizer;
import org.rondoml.core.spi.Schedule;

/**
 * Adafactor: Adam's step without Adam's memory. Of a matrix it keeps an average square for each row
 * and each column, not for each element; and steps are as large as weights are. With t steps done,
 * gradient g, s = t + 1, β = 1 - s^beta_2_decay, and rms(x) the root of the mean of x²:
 *
 * <pre>
 * ρ = min(lr, 1 / sqrt(s))
 * α = max(epsilon_2, rms(w)) · ρ
 *
 * two axes or more:  r = β · r + (1 - β) · mean over columns of (g² + epsilon_1)
 *                    c = β · c + (1 - β) · mean over rows of (g² + epsilon_1)
 *                    v = r / mean(r) · c            (outer product of the last two axes)
 * else:              v = β · v + (1 - β) · (g² + epsilon_1)
 *
 * u = g / sqrt(v)
 * w = w - α · u / max(1, rms(u) / clip_threshold)
 * </pre>
 *
 * <p>Shazeer and Stern, "Adafactor: adaptive learning rates with sublinear memory cost", ICML 2018.
 * Source: Keras, {@code keras/src/optimizers/adafactor.py}; tf_keras, {@code
 * optimizers/adafactor.py}.
 */
public final class Adafactor implements ParameterWiseOptimizer {
  private final Config config;

  /** The optimizer with its keys. */
  public Adafactor(Config config) {
    this.config = config;
  }

  @Override
  public List<Slot> slots(Shape parameter) {
    if (parameter.rank() < 2) {
      return List.of(new Slot("velocity", parameter));
    }
    Shape r = parameter.withoutLast();
    Shape c = r.withLast(parameter.dimension(-1));
    return List.of(new Slot("r", r), new Slot("c", c));
  }

  @Override
  public List<Shape> scratch(Shape parameter) {
    return List.of(parameter.rank() == 0 ? parameter : Shape.of(parameter.dimension(-1)));
  }

  @Override
  public Schedule learningRate() {
    return config.learningRate();
  }

  @Override
  public Rule step(long iteration, double learningRate) {
    double s = iteration + 1.0;
    double rho = Math.min(learningRate, 1 / Math.sqrt(s));
    double beta = 1 - Math.pow(s, config.beta_2_decay());
    double epsilon2 = Float32.of(config.epsilon_2());
    return (w, g, squares, slots) -> {
      double alpha = Math.max(epsilon2, rms(w)) * rho;
      double rms;
      if (w.array().rank() < 2) {
        rms = divide(g, beta, slots.get(0), slots.get(1));
      } else {
        Memory s2 = squares == null ? g : squares;
        rms = divide(g, s2, beta, slots.get(0), slots.get(1), slots.get(2));
      }
      subtract(w, g, alpha / Math.max(1, rms / config.clipThreshold()));
    };
  }

  /**
   * g = g / sqrt(v), with the new v.
   *
   * @return rms(u)
   */
  private double divide(Memory g, double beta, Memory slot, Memory scratch) {
    Vec u = window(g).updates(g, 0);
    Vec v = window(g).updates(slot, 0);
    Vec root = window(g).writes(scratch, 0);
    v.blendSquare(beta, u, 1 - beta).affine(v, 1, (1 - beta) * config.epsilon_1());
    u.divide(u, root.sqrt(v));
    v.done();
    u.done();
    return rms(g);
  }

  /**
   * The same, with v from the new r and c.
   *
   * @param squares what g² is the sum of; g where it is its own square
   */
  private double divide(
      Memory g, Memory squares, double beta, Memory rowSlot, Memory columnSlot, Memory scratch) {
    int columns = columns(g);
    int rows = Math.toIntExact(g.array().size(g.array().rank() - 2));
    double epsilon1 = config.epsilon_1();
    Vec u = window(g);
    Vec g2 = window(g);
    Vec r = Vec.window(g.precision(), rows);
    Vec c = window(g);
    Vec root = window(g);
    double sum = 0;
    for (long first = 0; first < g.length() / columns; first += rows) {
      r.updates(rowSlot, first);
      c.updates(columnSlot, first / rows * columns);
      c.affine(c, beta, (1 - beta) * epsilon1);
      for (int row = 0; row < rows; row++) {
        g2.reads(squares, (first + row) * columns);
        double mean = (squares == g ? g2.dot(g2) : g2.sum()) / columns + epsilon1;
        r.set(row, beta * r.get(row) + (1 - beta) * mean);
        if (squares == g) {
          c.blendSquare(1, g2, (1 - beta) / rows);
        } else {
          c.addScaled(g2, (1 - beta) / rows);
        }
      }
      double mean = r.sum() / rows;
      root.writes(scratch, 0).sqrt(c);
      for (int row = 0; row < rows; row++) {
        double share = r.get(row) / mean;
        u.updates(g, (first + row) * columns);
        u.divide(u, root).scale(u, 1 / Math.sqrt(share));
        if (squares == g) {
          sum += u.dot(u);
        } else {
          g2.updates(squares, (first + row) * columns);
          sum += g2.divide(g2, c).sum() / share;
          g2.done();
        }
        u.done();
      }
      r.done();
      c.done();
    }
    return Math.sqrt(sum / g.length());
  }

  /** w = w - rate · u. */
  private static void subtract(Memory w, Memory u, double rate) {
    Vec row = window(w);
    Vec step = window(w);
    for (long at = 0; at < w.length(); at += row.length()) {
      row.updates(w, at);
      row.addScaled(step.reads(u, at), -rate).done();
    }
  }

  /** The root of the mean of squares. */
  private static double rms(Memory x) {
    Vec row = window(x);
    double sum = 0;
    for (long at = 0; at < x.length(); at += row.length()) {
      row.reads(x, at);
      sum += row.dot(row);
    }
    return Math.sqrt(sum / x.length());
  }

  /** A window for the last axis. */
  private static Vec window(Memory x) {
    return Vec.window(x.precision(), columns(x));
  }

  private static int columns(Memory x) {
    int rank = x.array().rank();
    return rank == 0 ? 1 : Math.toIntExact(x.array().size(rank - 1));
  }

  /**
   * The keys.
   *
   * @param learningRate the learning rate, or a schedule of it
   * @param beta_2_decay how the share of the squares' average that stays at a step grows
   * @param epsilon_1 keeps the divisor from 0
   * @param epsilon_2 the least size of weights that steps go by
   * @param clipThreshold the largest rms of an update, in units of the weights' size
   * @param relativeStep whether the learning rate is at most 1 / sqrt(s)
   */
  @Description("Adafactor: Adam's steps, of the weights' size, with little memory.")
  // A key's name is its component's, and Keras writes beta_2_decay.
  @SuppressWarnings("MemberName")
  public record Config(
      @Description("the learning rate, or a schedule of it") @Default("0.001")
          Schedule learningRate,
      @Description("how the share of the squares' average that stays at a step grows: 1 - s^this")
          @Default("-0.8")
          @NegativeOrZero
          double beta_2_decay,
      @Description("keeps the divisor from 0") @Default("1e-30") @Positive double epsilon_1,
      @Description("the least size of weights that steps go by") @Default("1e-3") @PositiveOrZero
          double epsilon_2,
      @Description("the largest root mean square of an update before it is scaled by the weights'")
          @Default("1.0")
          @Positive
          double clipThreshold,
      @Description(
              "whether the learning rate is at most 1 / sqrt(s): no difference, since in Keras it is"
                  + " so either way")
          @Default("true")
          boolean relativeStep) {}

  /** Brings {@code Adafactor}. */
  public static final class Provider extends NewProvider<Config> {
    @Override
    public String id() {
      return "Adafactor";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Optimizer create(Config config, Semantics semantics) {
      return new Adafactor(config);
    }
  }
}
