package org.rondoml.datasets.csv;

import java.util.List;

/** The numbers that rows have in some columns. */
record RowValues(List<Column> columns) {
  RowValues {
    columns = List.copyOf(columns);
  }

  /** How many numbers a row has. */
  int width() {
    return columns.stream().mapToInt(Column::width).sum();
  }

  /** Puts the numbers of a row. */
  void put(int row, ArrayWriter writer) {
    for (Column column : columns) {
      for (int i = 0; i < column.width(); i++) {
        writer.put(column.value(row, i));
      }
    }
  }

  /** Puts one number in the place of all those that a row has. */
  void pad(double value, ArrayWriter writer) {
    for (int i = 0; i < width(); i++) {
      writer.put(value);
    }
  }
}
