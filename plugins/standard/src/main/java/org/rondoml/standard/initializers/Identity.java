package org.rondoml.standard.initializers;

import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Initializer;
import org.rondoml.core.spi.ShapeMismatchException;

/**
 * The identity matrix times a gain; the gain on the diagonal where it is not square.
 *
 * <p>Source: Keras, {@code keras/src/initializers/constant_initializers.py}.
 */
public final class Identity implements Initializer {
  private final double gain;

  /** The initializer with its keys. */
  public Identity(Config config) {
    gain = config.gain();
  }

  @Override
  public void check(Shape shape) {
    if (shape.rank() != 2) {
      throw new ShapeMismatchException(
          "Identity makes matrices, found a parameter of shape "
              + shape
              + ": use another initializer there");
    }
  }

  @Override
  public double[] initialize(Shape shape, RandomStream random) {
    check(shape);
    int rows = Math.toIntExact(shape.dimension(0));
    int columns = Math.toIntExact(shape.dimension(1));
    double[] values = new double[rows * columns];
    for (int i = 0; i < Math.min(rows, columns); i++) {
      values[i * columns + i] = gain;
    }
    return values;
  }

  /**
   * The keys.
   *
   * @param gain what the matrix is multiplied by
   */
  @Description("The identity matrix times a gain.")
  public record Config(
      @Description("what the matrix is multiplied by") @Default("1.0") double gain) {}

  /** Brings {@code Identity}. */
  public static final class Provider implements Initializer.Provider<Config> {
    @Override
    public String id() {
      return "Identity";
    }

    @Override
    public List<String> aliases() {
      return List.of("IdentityInitializer");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Initializer create(Config config, Semantics semantics) {
      return new Identity(config);
    }
  }
}
