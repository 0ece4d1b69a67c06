package org.rondoml.datasets;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.DataException;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.DataSource;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;

/**
 * Images and labels in two idx files, plain or gzipped: the format of MNIST, Fashion-MNIST, EMNIST.
 * {@code x} has the shape of the images file, {@code y} that of the labels file.
 */
public final class IdxSource implements DataSource {
  private final Config config;

  /**
   * The keys.
   *
   * @param images the file of the inputs
   * @param labels the file of the targets
   */
  @Description("Arrays in idx files, as the MNIST database has them, plain or gzipped.")
  @Example("idx: {images: train-images-idx3-ubyte.gz, labels: train-labels-idx1-ubyte.gz}")
  public record Config(
      @Description("The file of the inputs.") Path images,
      @Description("The file of the targets; none for data to predict from.")
          @Nullable Path labels) {}

  /** A source with these keys. */
  public IdxSource(Config config) {
    this.config = config;
  }

  @Override
  public List<Path> files() {
    Path labels = config.labels();
    return labels == null ? List.of(config.images()) : List.of(config.images(), labels);
  }

  @Override
  public Dataset load(Path directory) {
    Path images = directory.resolve(config.images());
    var x = IdxFormat.read(images);
    if (config.labels() == null) {
      return new Dataset(Map.of("x", x), List.of(), null, images.toString());
    }
    Path labels = directory.resolve(config.labels());
    var y = IdxFormat.read(labels);
    if (x.size(0) != y.size(0)) {
      throw new DataException(
          labels + ": " + y.size(0) + " labels, but " + images + " has " + x.size(0) + " images");
    }
    return new Dataset(Map.of("x", x), List.of(y), null, images.toString());
  }

  /** Brings the source. */
  public static final class Provider implements DataSource.Provider<Config> {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String id() {
      return "idx";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public DataSource create(Config config, Semantics semantics) {
      return new IdxSource(config);
    }
  }
}
