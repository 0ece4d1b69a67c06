package org.rondoml.core.exchange;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.DataException;
import org.rondoml.api.ModelFileException;
import org.rondoml.api.Semantics;
import org.rondoml.api.UsageException;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.ComponentProvider;
import org.rondoml.core.spi.Kind;

/**
 * Reads models from the files of another program, or writes such files: what layers there are, with
 * their arguments, and how they are connected. {@link org.rondoml.core.spi.Exporter} does the same
 * for weights.
 */
@Kind(value = "format", inModelFiles = false)
public interface ModelFormat {
  /** The ending of the files, {@code .json}. */
  String suffix();

  /** Whether {@link #read} works. */
  default boolean canRead() {
    return false;
  }

  /** Whether {@link #write} works. */
  default boolean canWrite() {
    return false;
  }

  /**
   * Reads a model.
   *
   * @param semantics the generation of Keras that it is of; null where the file tells
   * @param compiled whether to read how it was compiled as well, where the file tells
   * @param registry the components that it may be made of
   * @throws DataException where the file is missing or unreadable
   * @throws ModelFileException where it has what Rondo doesn't: everything of that kind, each with
   *     its place
   */
  default ForeignModel read(
      Path file, @Nullable Semantics semantics, boolean compiled, Registry registry) {
    throw new UsageException("models in files ending in " + suffix() + " can't be read");
  }

  /**
   * Writes a file that does not exist yet.
   *
   * @throws ModelFileException where the model has what the format can't say
   */
  default void write(Path file, ModelDescription model, Registry registry) {
    throw new UsageException("models can't be written to files ending in " + suffix());
  }

  /** Brings a format. */
  interface Provider extends ComponentProvider<NoConfig, ModelFormat> {
    @Override
    default Class<ModelFormat> kind() {
      return ModelFormat.class;
    }

    @Override
    default Class<NoConfig> configType() {
      return NoConfig.class;
    }
  }

  /** A format is chosen by the file's ending alone. */
  record NoConfig() {}
}
