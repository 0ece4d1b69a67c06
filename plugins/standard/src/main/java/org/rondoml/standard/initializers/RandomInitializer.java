package org.rondoml.standard.initializers;

import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Shape;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Initializer;

/**
 * An initializer that draws at random. With a seed of its own it gives the same values for the same
 * shape every time, as in Keras; otherwise the values depend on the model's seed, the layer and the
 * parameter.
 */
public abstract class RandomInitializer implements Initializer {
  private final @Nullable Long seed;

  RandomInitializer(@Nullable Long seed) {
    this.seed = seed;
  }

  @Override
  public final double[] initialize(Shape shape, RandomStream random) {
    return draw(shape, seed == null ? random : RandomStream.of(seed));
  }

  /** Values for a shape, row-major. */
  abstract double[] draw(Shape shape, RandomStream random);

  /** Values drawn one after the other. */
  static double[] fill(Shape shape, RandomStream random, ToDoubleFunction<RandomStream> next) {
    double[] values = new double[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = next.applyAsDouble(random);
    }
    return values;
  }

  /** Values uniform in [low, high). */
  static double[] uniform(Shape shape, RandomStream random, double low, double high) {
    return fill(shape, random, r -> low + (high - low) * r.nextDouble());
  }

  /** Values of the normal distribution. */
  static double[] normal(Shape shape, RandomStream random, double mean, double stddev) {
    return fill(shape, random, r -> mean + stddev * r.nextGaussian());
  }

  /**
   * Values of the normal distribution; those further than two standard deviations from the mean are
   * drawn again.
   */
  static double[] truncatedNormal(Shape shape, RandomStream random, double mean, double stddev) {
    return fill(
        shape,
        random,
        r -> {
          double value = r.nextGaussian();
          while (Math.abs(value) > 2) {
            value = r.nextGaussian();
          }
          return mean + stddev * value;
        });
  }
}
