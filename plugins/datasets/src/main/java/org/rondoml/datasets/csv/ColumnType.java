package org.rondoml.datasets.csv;

/** What the cells of a column are taken for. */
public enum ColumnType {
  /** Numbers. */
  NUMBER("a number"),
  /** true and false, which become 1 and 0. */
  BOOLEAN("true or false"),
  /** Words, which become class numbers from 0 in sorted order. */
  CATEGORY("a category"),
  /** Words, which become a column of 0 and 1 for each different one, in sorted order. */
  ONE_HOT("a category"),
  /** Dates, with or without a time, which become seconds since 1970. */
  DATE("a date such as 2024-01-31 or 2024-01-31T12:30");

  private final String expected;

  ColumnType(String expected) {
    this.expected = expected;
  }

  /** What a cell of the column is, with its article, for messages. */
  String expected() {
    return expected;
  }

  /** Whether the column's words are numbered. */
  boolean hasClasses() {
    return this == CATEGORY || this == ONE_HOT;
  }
}
