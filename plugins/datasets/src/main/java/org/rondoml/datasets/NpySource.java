package org.rondoml.datasets;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
import org.rondoml.api.Semantics;
import org.rondoml.core.io.NpyFormat;
import org.rondoml.core.spi.DataSource;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;

/**
 * Arrays in NumPy files, as {@code numpy.save} writes them: one for the inputs, one for the
 * targets.
 */
public final class NpySource implements DataSource {
  private final Config config;

  /**
   * The keys.
   *
   * @param x the file of the inputs
   * @param y the file of the targets
   */
  @Description("Arrays in NumPy .npy files.")
  @Example("npy: {x: x.npy, y: y.npy}")
  public record Config(
      @Description("The file of the inputs.") Path x,
      @Description("The file of the targets; none for data to predict from.") @Nullable Path y) {}

  /** A source with these keys. */
  public NpySource(Config config) {
    this.config = config;
  }

  @Override
  public List<Path> files() {
    Path y = config.y();
    return y == null ? List.of(config.x()) : List.of(config.x(), y);
  }

  @Override
  public Dataset load(Path directory) {
    Path inputs = directory.resolve(config.x());
    INDArray x = read(inputs);
    if (config.y() == null) {
      return new Dataset(Map.of("x", x), List.of(), null, inputs.toString());
    }
    Path targets = directory.resolve(config.y());
    INDArray y = read(targets);
    if (x.size(0) != y.size(0)) {
      throw new DataException(
          targets
              + ": "
              + y.size(0)
              + " rows, but "
              + inputs
              + " has "
              + x.size(0)
              + "; every sample needs one row in each");
    }
    return new Dataset(Map.of("x", x), List.of(y), null, inputs.toString());
  }

  private static INDArray read(Path file) {
    INDArray array = NpyFormat.read(file);
    Samples.requireRows(array, file.toString());
    return array;
  }

  /** Brings the source. */
  public static final class Provider implements DataSource.Provider<Config> {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String id() {
      return "npy";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public DataSource create(Config config, Semantics semantics) {
      return new NpySource(config);
    }
  }
}
