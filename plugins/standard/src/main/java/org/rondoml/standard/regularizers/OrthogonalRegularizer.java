package org.rondoml.standard.regularizers;

import jakarta.validation.constraints.PositiveOrZero;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Regularizer;
import org.rondoml.core.spi.ShapeMismatchException;

/**
 * A penalty on the angles between the rows of a matrix, or between its columns, which makes them
 * orthogonal. With n rows x_i:
 *
 * <pre>
 * u_i     = x_i / max(|x_i|, ε)
 * c       = factor / (n (n - 1) / 2)
 * penalty = c · sum over i &lt; j of |u_i · u_j|
 * du_i    = c · sum over j ≠ i of sign(u_i · u_j) u_j
 * g_i     = g_i + scale · (du_i - u_i (u_i · du_i)) / |x_i|
 * </pre>
 *
 * <p>Source: Keras, {@code keras/src/regularizers/regularizers.py}.
 */
public final class OrthogonalRegularizer implements Regularizer {
  private final Config config;
  private final double smallest;

  /** Between which vectors of a matrix the angles are. */
  public enum Mode {
    /** Between rows. */
    ROWS,
    /** Between columns. */
    COLUMNS
  }

  /**
   * The regularizer with its keys.
   *
   * @param semantics whose smallest norm it has
   */
  public OrthogonalRegularizer(Config config, Semantics semantics) {
    this.config = config;
    smallest = semantics == Semantics.KERAS3 ? 1e-7 : 1e-6;
  }

  @Override
  public void checkParameter(Shape shape) {
    if (shape.rank() != 2) {
      throw new ShapeMismatchException(
          "OrthogonalRegularizer penalizes matrices, found a parameter of shape "
              + shape
              + ": use L1 or L2 there");
    }
    if (shape.dimension(config.mode() == Mode.ROWS ? 0 : 1) < 2) {
      throw new ShapeMismatchException(
          "OrthogonalRegularizer compares at least two "
              + (config.mode() == Mode.ROWS ? "rows" : "columns")
              + ", found a parameter of shape "
              + shape);
    }
  }

  @Override
  public void checkOutput(Shape shape) {
    throw new ShapeMismatchException(
        "OrthogonalRegularizer is for parameters: as activity_regularizer it would compare samples");
  }

  @Override
  public double penalty(Memory values) {
    Vectors x = new Vectors(values);
    double sum = 0;
    for (int i = 0; i < x.count; i++) {
      for (int j = 0; j < i; j++) {
        sum += Math.abs(x.cosine(i, j));
      }
    }
    return config.factor() / x.pairs() * sum;
  }

  @Override
  public void addGradient(Memory values, double scale, Memory gradient, long offset) {
    Vectors x = new Vectors(values);
    Vec g = Vec.window(values.precision(), 1);
    double c = config.factor() / x.pairs();
    for (int i = 0; i < x.count; i++) {
      double[] du = new double[x.size];
      for (int j = 0; j < x.count; j++) {
        double sign = i == j ? 0 : Math.signum(x.cosine(i, j));
        for (int k = 0; k < x.size; k++) {
          du[k] += c * sign * x.u[j * x.size + k];
        }
      }
      double along = 0;
      for (int k = 0; k < x.size && x.norms[i] > smallest; k++) {
        along += x.u[i * x.size + k] * du[k];
      }
      for (int k = 0; k < x.size; k++) {
        g.updates(gradient, offset + x.index(i, k));
        double slope = (du[k] - x.u[i * x.size + k] * along) / Math.max(x.norms[i], smallest);
        g.set(0, g.get(0) + scale * slope);
        g.done();
      }
    }
  }

  /** The vectors that are to be orthogonal, each scaled to norm 1. */
  private final class Vectors {
    private final int count;
    private final int size;
    private final double[] u;
    private final double[] norms;

    Vectors(Memory values) {
      int rows = Math.toIntExact(values.array().size(0));
      int columns = Math.toIntExact(values.array().size(1));
      count = config.mode() == Mode.ROWS ? rows : columns;
      size = config.mode() == Mode.ROWS ? columns : rows;
      u = new double[rows * columns];
      norms = new double[count];
      Vec row = Vec.window(values.precision(), columns);
      double[] elements = new double[rows * columns];
      for (int r = 0; r < rows; r++) {
        row.reads(values, (long) r * columns);
        for (int k = 0; k < columns; k++) {
          elements[r * columns + k] = row.get(k);
        }
      }
      for (int i = 0; i < count; i++) {
        double square = 0;
        for (int k = 0; k < size; k++) {
          double element = elements[index(i, k)];
          u[i * size + k] = element;
          square += element * element;
        }
        norms[i] = Math.sqrt(square);
        for (int k = 0; k < size; k++) {
          u[i * size + k] /= Math.max(norms[i], smallest);
        }
      }
    }

    /** Where element k of vector i lies in the matrix. */
    int index(int i, int k) {
      return config.mode() == Mode.ROWS ? i * size + k : k * count + i;
    }

    double pairs() {
      return count * (count - 1.0) / 2;
    }

    double cosine(int i, int j) {
      double dot = 0;
      for (int k = 0; k < size; k++) {
        dot += u[i * size + k] * u[j * size + k];
      }
      return dot;
    }
  }

  /**
   * The keys.
   *
   * @param factor what the mean size of the cosines is multiplied by
   * @param mode between which vectors the angles are
   */
  @Description(
      "A penalty on the angles between a matrix' rows or columns, to make them orthogonal.")
  public record Config(
      @Description("what the mean size of the cosines is multiplied by")
          @Default("0.01")
          @PositiveOrZero
          double factor,
      @Description("between which vectors the angles are") @Default("rows") Mode mode) {}

  /** Brings {@code OrthogonalRegularizer}. */
  public static final class Provider implements Regularizer.Provider<Config> {
    @Override
    public String id() {
      return "OrthogonalRegularizer";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Regularizer create(Config config, Semantics semantics) {
      return new OrthogonalRegularizer(config, semantics);
    }
  }
}
