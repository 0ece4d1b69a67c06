package org.rondoml.core.spi;

import java.nio.file.Path;
import java.util.List;
import org.rondoml.api.DataException;
import org.rondoml.api.NamedWeight;
import org.rondoml.api.Semantics;

/** Writes a model's weights in a file format, and reads them back where the format allows. */
@Kind(value = "exporter", inModelFiles = false)
public interface Exporter {
  /** The ending of the files, {@code .weights.h5}. */
  String suffix();

  /**
   * Writes a file that does not exist yet.
   *
   * @param layers every layer of the model, in order, with its weights
   */
  void write(Path file, List<LayerWeights> layers, Semantics semantics);

  /** Whether {@link #read} works. */
  default boolean canRead() {
    return false;
  }

  /**
   * Reads weights into those of a model: every one is found and has the right shape, or nothing is
   * changed.
   *
   * @param layers every layer of the model, in order, with its weights
   * @throws DataException where the file is missing, damaged or does not fit, with layer and shape
   */
  default void read(Path file, List<LayerWeights> layers) {
    throw new DataException("files ending in " + suffix() + " can be written but not read");
  }

  /**
   * A layer as files see it.
   *
   * @param name its name, {@code lstm_1}
   * @param className its id, {@code LSTM}
   * @param weights its weights in the order of Keras' {@code get_weights()}; may be empty
   */
  record LayerWeights(String name, String className, List<NamedWeight> weights) {
    /** Copies the list. */
    public LayerWeights {
      weights = List.copyOf(weights);
    }
  }

  /** Brings an exporter. */
  interface Provider extends ComponentProvider<Exporter.NoConfig, Exporter> {
    @Override
    default Class<Exporter> kind() {
      return Exporter.class;
    }

    @Override
    default Class<NoConfig> configType() {
      return NoConfig.class;
    }
  }

  /** An exporter is chosen by the file's ending alone. */
  record NoConfig() {}
}
