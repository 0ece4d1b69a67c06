package org.rondoml.datasets.csv;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
import org.rondoml.core.spi.DataSource;
import org.rondoml.core.spi.Dataset;

/**
 * Puts the rows of a table into arrays of samples: a row each, or a window of rows each.
 *
 * <p>A sample belongs to the training or the validation part as the row of its target does, so no
 * target is in both; a window of the validation part may begin among the training rows, because the
 * past is known by then.
 */
final class SampleArrays {
  private final CsvTable.Content table;
  private final DataSource.Purpose purpose;
  private final String origin;
  private final int rows;
  private final boolean windows;
  private final int window;
  private final int ahead;
  private final int stride;
  private final Parts parts;

  /** The samples of a table that has been read. */
  SampleArrays(
      CsvSource.Config config, CsvTable.Content table, Path file, DataSource.Purpose purpose) {
    this.table = table;
    this.purpose = purpose;
    this.origin = file.toString();
    this.rows = table.column(table.roles().features().get(0)).rows();
    Integer size = config.window();
    this.windows = size != null;
    this.window = size == null ? 1 : size;
    // Without a target a sample ends with its window.
    boolean forecasts = windows && !table.roles().targets().isEmpty();
    this.ahead = forecasts ? config.windows().horizonOrDefault() : 0;
    this.stride = config.windows().strideOrDefault();
    this.parts = new Parts(config.split(), rows);
  }

  /** The samples. */
  Dataset dataset() {
    if (rows == 0) {
      throw new DataException(origin + ": every row has a missing value, and missing: drop is set");
    }
    int[] starts = starts();
    IntPredicate learned = learned(starts);
    table.columns().values().forEach(column -> column.fillMeans(learned));
    Roles roles = table.roles();
    Map<String, INDArray> inputs = Map.of("x", inputs(starts));
    List<INDArray> targets = roles.targets().isEmpty() ? List.of() : List.of(targets(starts));
    return new Dataset(inputs, targets, weights(starts), origin, table.classes());
  }

  /** The first rows of the samples, in order. */
  private int[] starts() {
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
    for (int i = 0; i + needed <= rows; i += stride) {
      int start = parts.at(i); // i itself where samples are windows: these are not shuffled
      if (parts.has(start + needed - 1)) {
        starts.add(start);
      }
    }
    if (starts.isEmpty()) {
      throw new DataException(origin + ": " + parts.nothingLeft(rows + " rows"));
    }
    return starts.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The rows that may be learned from: those of the samples that are trained on. */
  private IntPredicate learned(int[] starts) {
    if (purpose.validationSplit() == 0) {
      return parts::trains;
    }
    int trained = (int) Math.floor(starts.length * (1 - purpose.validationSplit()));
    BitSet learned = new BitSet(rows);
    for (int i = 0; i < trained; i++) {
      learned.set(starts[i], starts[i] + window + ahead);
    }
    return learned::get;
  }

  private INDArray inputs(int[] starts) {
    RowValues features = table.features();
    long[] shape =
        windows
            ? new long[] {starts.length, window, features.width()}
            : new long[] {starts.length, features.width()};
    ArrayWriter writer = new ArrayWriter(shape, origin);
    for (int start : starts) {
      for (int row = start; row < start + window; row++) {
        features.put(row, writer);
      }
    }
    return writer.array();
  }

  private INDArray targets(int[] starts) {
    RowValues targets = table.targets();
    ArrayWriter writer = new ArrayWriter(new long[] {starts.length, targets.width()}, origin);
    for (int start : starts) {
      targets.put(start + window - 1 + ahead, writer);
    }
    return writer.array();
  }

  private @Nullable INDArray weights(int[] starts) {
    RowValues weights = table.weights();
    if (weights == null) {
      return null;
    }
    ArrayWriter writer = new ArrayWriter(new long[] {starts.length}, origin);
    for (int start : starts) {
      weights.put(start + window - 1 + ahead, writer);
    }
    return writer.array();
  }
}
