package org.rondoml.core.spi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a source has found in a file with a column a quantity, a row a sample.
 *
 * @param rows the number of rows, without a header
 * @param keys the keys that the source needs, besides the file, to read it so
 * @param columns the columns, in order
 */
public record TableDescription(
    long rows, Map<String, String> keys, List<ColumnDescription> columns) {
  /** Copies map and list. */
  public TableDescription {
    keys = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(keys));
    columns = List.copyOf(columns);
  }
}
