package org.rondoml.keras;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
import org.rondoml.api.NamedWeight;
import org.rondoml.api.Semantics;
import org.rondoml.core.io.NpzFormat;
import org.rondoml.core.spi.Exporter;

/**
 * Weights as the arrays {@code 0}, {@code 1}, ... of a NumPy archive, in the order of Keras' {@code
 * get_weights()}. In Python:
 *
 * <pre>{@code
 * arrays = np.load("w.npz")
 * model.set_weights([arrays[str(i)] for i in range(len(arrays))])
 * }</pre>
 *
 * <p>The names {@code arr_0}, {@code arr_1}, ... that {@code np.savez("w.npz",
 * *model.get_weights())} gives are read, too.
 */
public final class NpzWeights implements Exporter {
  /** The exporter. */
  public NpzWeights() {}

  @Override
  public String suffix() {
    return ".npz";
  }

  @Override
  public boolean canRead() {
    return true;
  }

  @Override
  public void write(Path file, List<LayerWeights> layers, Semantics semantics) {
    WeightFile.requireSuffix(file, suffix());
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    for (NamedWeight weight : weights(layers)) {
      arrays.put(Integer.toString(arrays.size()), weight.value());
    }
    NpzFormat.write(file, arrays);
  }

  @Override
  public void read(Path file, List<LayerWeights> layers) {
    WeightFile.requireSuffix(file, suffix());
    List<NamedWeight> weights = weights(layers);
    List<String> found = NpzFormat.names(file);
    if (found.size() != weights.size()) {
      throw new DataException(
          file
              + ": "
              + found.size()
              + " arrays, but the model has "
              + weights.size()
              + " weights; expected one array a weight, named 0, 1, ... in the order of Keras'"
              + " get_weights()");
    }
    String prefix = found.contains("arr_0") ? "arr_" : "";
    List<String> names = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      names.add(prefix + i);
    }
    Map<String, INDArray> arrays = NpzFormat.read(file, names);
    PendingWeights pending = new PendingWeights(file);
    for (int i = 0; i < weights.size(); i++) {
      String name = names.get(i);
      INDArray value = Objects.requireNonNull(arrays.get(name), name);
      pending.requireShape(weights.get(i), value.shape(), "array '" + name + "'");
      pending.add(weights.get(i), value);
    }
    pending.assign();
  }

  private static List<NamedWeight> weights(List<LayerWeights> layers) {
    return layers.stream().flatMap(layer -> layer.weights().stream()).toList();
  }

  /** Brings the exporter. */
  public static final class Provider implements Exporter.Provider {
    /** For {@link java.util.ServiceLoader}. */
    public Provider() {}

    @Override
    public String id() {
      return "npz";
    }

    @Override
    public Exporter create(NoConfig config, Semantics semantics) {
      return new NpzWeights();
    }
  }
}
