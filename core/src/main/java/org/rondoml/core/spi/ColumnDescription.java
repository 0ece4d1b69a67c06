package org.rondoml.core.spi;

import java.util.List;

/**
 * What a source has found in a column of a table.
 *
 * @param name its name
 * @param content what it holds
 * @param classes the different values of a category, sorted; else empty
 * @param missing how many values are missing
 * @param startsMissing whether that of the first row is
 * @param whole whether all of its values are whole numbers
 * @param least its least number, or 0 where it holds none
 * @param greatest its greatest number, or 0 where it holds none
 */
public record ColumnDescription(
    String name,
    Content content,
    List<String> classes,
    long missing,
    boolean startsMissing,
    boolean whole,
    double least,
    double greatest) {
  /** Copies the list. */
  public ColumnDescription {
    classes = List.copyOf(classes);
  }

  /** What a column can hold. */
  public enum Content {
    /** Numbers. */
    NUMBER,
    /** true and false. */
    BOOLEAN,
    /** Words of which there are few different ones. */
    CATEGORY,
    /** Dates, or dates with times, that rise from row to row. */
    TIME,
    /** Dates in any order. */
    DATE,
    /** Free text, names, keys. */
    TEXT
  }
}
