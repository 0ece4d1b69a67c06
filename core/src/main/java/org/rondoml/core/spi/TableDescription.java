package org.rondoml.core.spi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a source has found in a file with a column a quantity, a row a sample.
 *
 * @param rows the number of rows, without a header
 * @param keys the keys that the source needs, besides the file, to read it so
 * @param columns the columns, in order
 * @param sequences the sequences of rows that were asked for; null where none were, or the column
 *     that tells them apart isn't there
 */
public record TableDescription(
    long rows,
    Map<String, String> keys,
    List<ColumnDescription> columns,
    @Nullable Sequences sequences) {
  /**
   * Rows one after another with the same in a column.
   *
   * @param count how many sequences there are
   * @param longest how many rows the longest has
   * @param constants the names of the columns that have the same in all rows of each
   */
  public record Sequences(long count, long longest, List<String> constants) {
    /** Copies the list. */
    public Sequences {
      constants = List.copyOf(constants);
    }
  }

  /** Copies map and list. */
  public TableDescription {
    keys = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    columns = List.copyOf(columns);
  }
}
