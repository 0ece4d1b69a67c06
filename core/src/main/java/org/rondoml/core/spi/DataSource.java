package org.rondoml.core.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.DataException;
import org.rondoml.api.Shape;

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
   * Reads the samples for a model; by itself as {@link #load(Path)} does.
   *
   * @param directory what relative paths are relative to: the folder of the model file
   * @param purpose what they are read for
   * @throws DataException where the data is missing or damaged: one clear line
   */
  default Dataset load(Path directory, Purpose purpose) {
    return load(directory);
  }

  /**
   * What samples are read for.
   *
   * @param inputs the shapes that the model's inputs have a sample, in order
   * @param validationSplit the share of the samples, from their end, that nothing may be learned
   *     from, because the model is evaluated on it
   */
  record Purpose(List<Shape> inputs, double validationSplit) {
    /** Copies the list. */
    public Purpose {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * What the numbers of a target are called, such as the columns of a table; empty where they have
   * no names.
   */
  default List<String> targetNames() {
    return List.of();
  }

  /**
   * The files that {@link #load} reads, as the model file names them, so that those that are not
   * there are told before anything is read; none where it reads no files.
   */
  default List<Path> files() {
    return List.of();
  }

  /**
   * A source that reads another file as this one reads its own, to predict from: the same columns,
   * no targets. Empty where a source can't.
   *
   * @param file the other file
   * @param classes the {@linkplain Dataset#classes classes} of the training data
   */
  default Optional<DataSource> toPredict(Path file, Map<String, List<String>> classes) {
    return Optional.empty();
  }

  /**
   * This source, giving things the numbers that they have in the training data; itself where the
   * model file or nature says what numbers mean. A source that learns it from what it reads, as a
   * vocabulary is, has to take what was learned from the training data.
   *
   * @param training tells the {@linkplain Dataset#classes classes} of the training data, which may
   *     have to be read for it
   * @throws DataException where the model file gives them other numbers
   */
  default DataSource numberedAs(Supplier<Map<String, List<String>>> training) {
    return this;
  }

  /**
   * How this source reads text, so that a model can continue one; empty where it reads none.
   *
   * @param training as for {@link #numberedAs}
   */
  default Optional<Tokenizer> tokenizer(Supplier<Map<String, List<String>>> training) {
    return Optional.empty();
  }

  /** Brings a data source. */
  interface Provider<C extends Record> extends ComponentProvider<C, DataSource> {
    @Override
    default Class<DataSource> kind() {
      return DataSource.class;
    }

    /**
     * What a file holds, for someone who wants to write a model for it; empty where this source
     * doesn't read such files.
     *
     * @param sequence the column by which rows are sequences, or null where they are none
     * @throws DataException where the file is missing or damaged
     */
    default Optional<TableDescription> describe(Path file, @Nullable String sequence) {
      return Optional.empty();
    }
  }
}
