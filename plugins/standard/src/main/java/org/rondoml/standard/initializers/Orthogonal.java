package org.rondoml.standard.initializers;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Initializer;
import org.rondoml.core.spi.ShapeMismatchException;

/**
 * A matrix with orthonormal columns, or rows where it has fewer rows than columns, times a gain: Q
 * of the QR decomposition of a tall matrix of normal numbers, columns times the signs of R's
 * diagonal, so that every orthogonal matrix is equally likely; transposed where rows &lt; columns.
 * All axes but the last count as rows.
 *
 * <p>Source: Saxe et al., "Exact solutions to the nonlinear dynamics of learning in deep linear
 * neural networks", ICLR 2014; Keras, {@code keras/src/initializers/random_initializers.py}.
 */
public final class Orthogonal extends RandomInitializer {
  private final double gain;

  /** The initializer with its keys. */
  public Orthogonal(Config config) {
    super(config.seed());
    gain = config.gain();
  }

  @Override
  public void check(Shape shape) {
    if (shape.rank() < 2) {
      throw new ShapeMismatchException(
          "Orthogonal draws matrices, found a parameter of shape "
              + shape
              + ": use another initializer there");
    }
  }

  @Override
  double[] draw(Shape shape, RandomStream random) {
    check(shape);
    int columns = Math.toIntExact(shape.dimension(-1));
    int rows = Math.toIntExact(shape.size() / columns);
    DMatrixRMaj q = orthonormalColumns(Math.max(rows, columns), Math.min(rows, columns), random);
    if (rows < columns) {
      CommonOps_DDRM.transpose(q);
    }
    CommonOps_DDRM.scale(gain, q);
    return q.getData();
  }

  private static DMatrixRMaj orthonormalColumns(int rows, int columns, RandomStream random) {
    double[] numbers = normal(Shape.of(rows, columns), random, 0, 1);
    QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(rows, columns);
    if (!qr.decompose(DMatrixRMaj.wrap(rows, columns, numbers))) {
      throw new IllegalStateException("QR decomposition of " + rows + " x " + columns + " failed");
    }
    DMatrixRMaj q = qr.getQ(null, true);
    DMatrixRMaj r = qr.getR(null, true);
    for (int column = 0; column < columns; column++) {
      if (r.get(column, column) < 0) {
        CommonOps_DDRM.scaleCol(-1, q, column);
      }
    }
    return q;
  }

  /**
   * The keys.
   *
   * @param gain what the matrix is multiplied by
   * @param seed a seed of its own, or null
   */
  @Description("A matrix with orthonormal columns or rows, times a gain.")
  @Example("Orthogonal: {gain: 1.4}")
  public record Config(
      @Description("what the matrix is multiplied by") @Default("1.0") double gain,
      @Description(
              "a seed of its own: the same values for the same shape every time; null for the"
                  + " model's")
          @Nullable Long seed) {}

  /** Brings {@code Orthogonal}. */
  public static final class Provider implements Initializer.Provider<Config> {
    @Override
    public String id() {
      return "Orthogonal";
    }

    @Override
    public List<String> aliases() {
      return List.of("OrthogonalInitializer");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Initializer create(Config config, Semantics semantics) {
      return new Orthogonal(config);
    }
  }
}
