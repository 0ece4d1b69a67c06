package org.rondoml.dsl.starter;

import java.util.List;
import org.rondoml.api.UsageException;
import org.rondoml.core.config.NearMiss;
import org.rondoml.core.spi.ColumnDescription;
import org.rondoml.core.spi.ColumnDescription.Content;
import org.rondoml.core.spi.TableDescription;

/**
 * The columns that the user wants predicted.
 *
 * @param choices what the user has chosen
 * @param table where they are
 */
record TargetColumns(TableStarter.Choices choices, TableDescription table) {
  /**
   * The columns.
   *
   * @throws UsageException where one isn't there, or can't be predicted
   */
  List<ColumnDescription> columns() {
    return choices.targets().stream().map(this::target).toList();
  }

  private ColumnDescription target(String name) {
    ColumnDescription column =
        table.columns().stream()
            .filter(c -> c.name().equals(name))
            .findFirst()
            .orElseThrow(() -> notThere("--target", name, choices, table));
    String holds =
        switch (column.content()) {
          case TEXT -> "text with many different values";
          case DATE, TIME -> "dates";
          case NUMBER, BOOLEAN, CATEGORY -> "";
        };
    if (!holds.isEmpty()) {
      throw new UsageException(
          "--target: column '"
              + name
              + "' holds "
              + holds
              + "; expected numbers, true and false, or words of which there are few");
    }
    if (column.content() == Content.CATEGORY && choices.targets().size() > 1) {
      throw new UsageException(
          "--target: column '" + name + "' holds words, and can only be a target by itself");
    }
    if (column.missing() == table.rows()) {
      throw new UsageException("--target: column '" + name + "' has no values");
    }
    return column;
  }

  /** What to say about a column that isn't there. */
  static UsageException notThere(
      String option, String name, TableStarter.Choices choices, TableDescription table) {
    List<String> names = table.columns().stream().map(ColumnDescription::name).toList();
    return new UsageException(
        option
            + ": "
            + choices.path()
            + " has no column '"
            + name
            + "'"
            + NearMiss.suggestion(name, names)
            + "; it has "
            + String.join(", ", names));
  }
}
