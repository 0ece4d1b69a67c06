package org.rondoml.datasets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.core.io.NpzFormat;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.DataSource;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Example;

/**
 * Arrays of a NumPy archive, as {@code numpy.savez} writes them, by name. One input goes to the
 * model's only {@code Input}; several keep their names, which are those of the model's {@code
 * Input} layers.
 */
public final class NpzSource implements DataSource {
  private final Config config;

  /**
   * The keys.
   *
   * @param path the file
   * @param x the names of the inputs
   * @param y the names of the targets, in the order of the model's outputs
   * @param sampleWeight the name of the samples' weights
   */
  @Description("Arrays of a NumPy .npz file, by name.")
  @Example("npz: {path: data.npz, x: x, y: y}")
  public record Config(
      @Description("The file.") Path path,
      @Default("x") @Description("The array of the inputs, or a list of arrays for several inputs.")
          List<String> x,
      @Description(
              "The array of the targets, or a list of arrays for several outputs; none for data to"
                  + " predict from.")
          @Nullable List<String> y,
      @Description(
              "The array of the samples' weights, (samples) or (samples, steps); none for weights of"
                  + " 1.")
          @Nullable String sampleWeight) {
    /**
     * Copies the lists.
     *
     * @throws ConfigException where x is empty or names an array twice
     */
    public Config {
      x = List.copyOf(x);
      y = y == null ? null : List.copyOf(y);
      if (x.isEmpty()) {
        throw new ConfigException("x", "found an empty list; expected the name of an array");
      }
      if (x.stream().distinct().count() < x.size()) {
        throw new ConfigException("x", "names an array twice; expected one array an input");
      }
    }
  }

  /** A source with these keys. */
  public NpzSource(Config config) {
    this.config = config;
  }

  @Override
  public List<Path> files() {
    return List.of(config.path());
  }

  @Override
  public Dataset load(Path directory) {
    Path file = directory.resolve(config.path());
    List<String> targetNames = config.y() == null ? List.of() : config.y();
    List<String> names = new ArrayList<>(config.x());
    names.addAll(targetNames);
    String weights = config.sampleWeight();
    if (weights != null) {
      names.add(weights);
    }
    Map<String, INDArray> arrays = NpzFormat.read(file, names);
    arrays.forEach((name, array) -> Samples.requireRows(array, file + ": array '" + name + "'"));
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    for (String name : config.x()) {
      inputs.put(config.x().size() == 1 ? "x" : name, Samples.get(arrays, name));
    }
    List<INDArray> targets = targetNames.stream().map(name -> Samples.get(arrays, name)).toList();
    INDArray sampleWeights = weights == null ? null : Samples.get(arrays, weights);
    return new Dataset(inputs, targets, sampleWeights, file.toString());
  }

  /** Brings the source. */
  public static final class Provider implements DataSource.Provider<Config> {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String id() {
      return "npz";
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public DataSource create(Config config, Semantics semantics) {
      return new NpzSource(config);
    }
  }
}
