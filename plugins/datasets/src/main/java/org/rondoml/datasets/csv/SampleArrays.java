package org.rondoml.datasets.csv;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
import org.rondoml.core.random.Permutation;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Dataset;
import org.rondoml.datasets.Subset;

/**
 * Puts the rows of a table into arrays of samples: a row each, or a window of rows each.
 *
 * <p>A sample belongs to the training or the validation part as the row of its target does, so no
 * target is in both; a window of the validation part may begin among the training rows, because the
 * past is known by then.
 */
final class SampleArrays {
  private final CsvSource.Config config;
  private final CsvTable.Content table;
  private final String origin;
  private final int rows;
  private final int window;
  private final int ahead;
  private final int stride;
  private final int[] order;

  /** The samples of a table that has been read. */
  SampleArrays(CsvSource.Config config, CsvTable.Content table, Path file) {
    this.config = config;
    this.table = table;
    this.origin = file.toString();
    this.rows = table.column(table.roles().features().get(0)).rows();
    Integer size = config.window();
    this.window = size == null ? 1 : size;
    // Without a target a sample ends with its window.
    boolean forecasts = size != null && !table.roles().targets().isEmpty();
    this.ahead = forecasts ? config.horizonOrDefault() : 0;
    this.stride = config.strideOrDefault();
    Long seed = config.seed();
    this.order =
        seed == null ? Permutation.identity(rows) : Permutation.of(rows, RandomStream.of(seed));
  }

  /** The samples. */
  Dataset dataset() {
    if (rows == 0) {
      throw new DataException(origin + ": every row has a missing value, and missing: drop is set");
    }
    BitSet training = trainingRows();
    table.columns().values().forEach(column -> column.fillMeans(training::get));
    int[] starts = starts(training);
    Roles roles = table.roles();
    Map<String, INDArray> inputs = Map.of("x", inputs(starts));
    List<INDArray> targets = roles.targets().isEmpty() ? List.of() : List.of(targets(starts));
    return new Dataset(inputs, targets, weights(starts), origin, classes());
  }

  /** The rows to train on; all where the file is not split. */
  private BitSet trainingRows() {
    BitSet training = new BitSet(rows);
    Double share = config.validationSplit();
    if (share == null) {
      training.set(0, rows);
      return training;
    }
    int count = Subset.trainingCount(rows, share);
    for (int i = 0; i < count; i++) {
      training.set(order[i]);
    }
    return training;
  }

  /**
   * The first rows of the samples, in the order of the file or, where it is shuffled, of chance.
   */
  private int[] starts(BitSet training) {
    int needed = window + ahead;
    if (rows < needed) {
      throw new DataException(
          origin
              + ": "
              + rows
              + " rows, expected at least "
              + needed
              + ": a window of "
              + window
              + (ahead > 0 ? " and a target " + ahead + " after it" : ""));
    }
    List<Integer> starts = new ArrayList<>();
    Subset subset = config.subset();
    for (int i = 0; i + needed <= rows; i += stride) {
      int start = order[i]; // i itself where samples are windows: these are not shuffled
      boolean trains = training.get(start + needed - 1);
      if (subset == null || trains == (subset == Subset.TRAINING)) {
        starts.add(start);
      }
    }
    if (starts.isEmpty()) {
      throw new DataException(
          origin
              + ": validation_split "
              + config.validationSplit()
              + " of "
              + rows
              + " rows leaves no sample in the "
              + (subset == Subset.TRAINING ? "training" : "validation")
              + " part");
    }
    return starts.stream().mapToInt(Integer::intValue).toArray();
  }

  private INDArray inputs(int[] starts) {
    List<Column> columns = table.roles().features().stream().map(table::column).toList();
    int width = columns.stream().mapToInt(Column::width).sum();
    long[] shape =
        config.window() == null
            ? new long[] {starts.length, width}
            : new long[] {starts.length, window, width};
    ArrayWriter writer = new ArrayWriter(shape, origin);
    for (int start : starts) {
      for (int row = start; row < start + window; row++) {
        put(columns, row, writer);
      }
    }
    return writer.array();
  }

  private INDArray targets(int[] starts) {
    List<Column> columns = table.roles().targets().stream().map(table::column).toList();
    int width = columns.stream().mapToInt(Column::width).sum();
    ArrayWriter writer = new ArrayWriter(new long[] {starts.length, width}, origin);
    for (int start : starts) {
      put(columns, start + window - 1 + ahead, writer);
    }
    return writer.array();
  }

  private static void put(List<Column> columns, int row, ArrayWriter writer) {
    for (Column column : columns) {
      for (int i = 0; i < column.width(); i++) {
        writer.put(column.value(row, i));
      }
    }
  }

  private @Nullable INDArray weights(int[] starts) {
    String name = table.roles().sampleWeight();
    if (name == null) {
      return null;
    }
    ArrayWriter writer = new ArrayWriter(new long[] {starts.length}, origin);
    for (int start : starts) {
      writer.put(table.column(name).value(start + window - 1 + ahead, 0));
    }
    return writer.array();
  }

  private Map<String, List<String>> classes() {
    Map<String, List<String>> classes = new LinkedHashMap<>();
    table
        .columns()
        .forEach(
            (name, column) -> {
              List<String> words = column.classes();
              if (words != null) {
                classes.put(name, words);
              }
            });
    return classes;
  }
}
