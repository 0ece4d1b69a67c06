package org.rondoml.core.spi;

import java.nio.file.Path;
import java.util.List;
import org.rondoml.api.DataException;

/** Where samples come from. */
@Kind("source")
public interface DataSource {
  /**
   * Reads the samples.
   *
   * @param directory what relative paths are relative to: the folder of the model file
   * @throws DataException where the data is missing or damaged: one clear line
   */
  Dataset load(Path directory);

  /**
   * The files that {@link #load} reads, as the model file names them, so that those that are not
   * there are told before anything is read; none where it reads no files.
   */
  default List<Path> files() {
    return List.of();
  }

  /** Brings a data source. */
  interface Provider<C extends Record> extends ComponentProvider<C, DataSource> {
    @Override
    default Class<DataSource> kind() {
      return DataSource.class;
    }
  }
}
