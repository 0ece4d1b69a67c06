package org.rondoml.standard.schedules;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Schedule;

/**
 * A learning rate that falls along half a wave of the cosine, again and again. The first fall takes
 * first_decay_steps steps, every other t_mul times as long as the one before it, from a rate m_mul
 * times as high. In fall i, of which a share f is done:
 *
 * <pre>
 * lr = initial_learning_rate · ((1 - alpha) · 0.5 · m_mul^i · (1 + cos(π · f)) + alpha)
 * </pre>
 *
 * <p>Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR 2017.
 *
 * <p>{@link Graph32} tells how it is rounded.
 *
 * <p>Source: Keras, {@code keras/src/optimizers/schedules/learning_rate_schedule.py}.
 */
public final class CosineDecayRestarts implements Schedule {
  private final Config config;

  /** The schedule with its keys. */
  public CosineDecayRestarts(Config config) {
    this.config = config;
  }

  @Override
  public double at(long step) {
    float ofStep = 1 / (float) config.firstDecaySteps();
    float longer = (float) config.tMul();
    float done = step * ofStep;
    float i;
    float f;
    if (longer == 1) {
      i = Graph32.floor(done);
      f = done - i;
    } else {
      float less = 1 - longer;
      i = Graph32.floor(Graph32.log(1 - ofStep * less * step) * (1 / Graph32.log(longer)));
      float length = Graph32.pow(longer, i);
      f = (done - (1 - length) * (1 / less)) / length;
    }
    float height = 0.5f * Graph32.pow((float) config.mMul(), i);
    float wave = 1 + Graph32.cos(Graph32.PI * f);
    float rate = (float) config.initialLearningRate();
    float alpha = (float) config.alpha();
    return alpha == 0 ? rate * height * wave : rate * ((1 - alpha) * height * wave + alpha);
  }

  /**
   * The keys.
   *
   * @param initialLearningRate the learning rate at first
   * @param firstDecaySteps how many steps the first fall takes
   * @param tMul how many times as long as the one before it a fall is
   * @param mMul how many times as high as the one before it a fall starts
   * @param alpha the share of the rate that is left at the end of a fall
   * @param name the schedule's name
   */
  @Description("A learning rate that falls along half a wave of the cosine, again and again.")
  @Example("CosineDecayRestarts: {initial_learning_rate: 0.1, first_decay_steps: 1000}")
  public record Config(
      @Description("the learning rate at first") @Positive double initialLearningRate,
      @Description("how many steps the first fall takes") @Positive double firstDecaySteps,
      @Description("how many times as long as the one before it a fall is")
          @Default("2.0")
          @Positive
          double tMul,
      @Description("how many times as high as the one before it a fall starts")
          @Default("1.0")
          @Positive
          double mMul,
      @Description("the share of the rate that is left at the end of a fall")
          @Default("0.0")
          @DecimalMin("0")
          @DecimalMax("1")
          double alpha,
      @Description("name of the schedule; it is not used") @Nullable String name) {}

  /** Brings {@code CosineDecayRestarts}. */
  public static final class Provider implements Schedule.Provider<Config> {
    @Override
    public String id() {
      return "CosineDecayRestarts";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Schedule create(Config config, Semantics semantics) {
      return new CosineDecayRestarts(config);
    }
  }
}
