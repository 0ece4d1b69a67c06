package org.rondoml.dsl.starter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.UsageException;
import org.rondoml.core.spi.ColumnDescription;
import org.rondoml.core.spi.ColumnDescription.Content;
import org.rondoml.core.spi.TableDescription;

/** What a model file for a table is to say: which columns go in, what comes out, and how much. */
final class TablePlan {
  private static final int FEWEST_SAMPLES = 10;
  private static final int USUAL_WINDOW = 30;
  private static final Pattern KEY =
      Pattern.compile("(.*[_ ])?(id|index|key|no|nr|row)|unnamed_.*");

  private final TableStarter.Choices choices;
  private final TableDescription table;
  private final List<ColumnDescription> targets;
  private final @Nullable ColumnDescription time;
  private final @Nullable Integer window;
  private final Task task;
  private final List<ColumnDescription> excluded = new ArrayList<>();
  private final List<ColumnDescription> features = new ArrayList<>();

  /**
   * The plan for a table.
   *
   * @throws UsageException where the choices don't fit the table
   */
  TablePlan(TableStarter.Choices choices, TableDescription table) {
    this.choices = choices;
    this.table = table;
    this.targets = new TargetColumns(choices, table).columns();
    this.task = Task.of(targets);
    this.time =
        table.columns().stream()
            .filter(c -> c.content() == Content.TIME && !targets.contains(c))
            .findFirst()
            .orElse(null);
    this.window = choices.sequence() == null ? chosenWindow() : null;
    checkSequences();
    sortColumns();
  }

  /** What the user has chosen. */
  TableStarter.Choices choices() {
    return choices;
  }

  /** The table. */
  TableDescription table() {
    return table;
  }

  /** The columns to predict. */
  List<ColumnDescription> targets() {
    return targets;
  }

  /** Whether a column is to be predicted. */
  boolean isTarget(ColumnDescription column) {
    return targets.contains(column);
  }

  /** What the rows of a time series are in the order of; null where there is no such column. */
  @Nullable ColumnDescription time() {
    return window == null ? null : time;
  }

  /** How many rows one after another are a sample; null where a row is one. */
  @Nullable Integer window() {
    return window;
  }

  /** The sequences that are samples; null where samples are none. */
  TableDescription.@Nullable Sequences sequences() {
    return table.sequences();
  }

  /** Whether all rows of a sequence have the same targets, so that it has one and not each row. */
  boolean hasTargetPerSequence() {
    TableDescription.Sequences sequences = table.sequences();
    return sequences != null && sequences.constants().containsAll(choices.targets());
  }

  /**
   * What all features of a row that only makes sequences equally long are: 0, which a lone number
   * that has been standardized can be as well.
   */
  int padding() {
    return width() == 1 ? -9 : 0;
  }

  private void checkSequences() {
    String sequence = choices.sequence();
    if (sequence == null) {
      return;
    }
    TableDescription.Sequences sequences = table.sequences();
    if (sequences == null) {
      throw TargetColumns.notThere("--sequence", sequence, choices, table);
    }
    if (sequences.count() < FEWEST_SAMPLES) {
      throw new UsageException(
          choices.path()
              + ": found "
              + sequences.count()
              + (sequences.count() == 1 ? " sequence" : " sequences")
              + ", expected at least "
              + FEWEST_SAMPLES
              + " to learn from");
    }
  }

  /** What is to be predicted. */
  Task task() {
    return task;
  }

  /** The columns that go in. */
  List<ColumnDescription> features() {
    return features;
  }

  /** The columns that are neither input nor anything else. */
  List<ColumnDescription> excluded() {
    return excluded;
  }

  /**
   * The window that was asked for; where nothing was, one for numbers that come with their time.
   */
  private @Nullable Integer chosenWindow() {
    Integer asked = choices.window();
    int most = (int) Math.min(Integer.MAX_VALUE, table.rows() - FEWEST_SAMPLES - horizon() + 1);
    if (asked != null && asked > 0 && asked > most) {
      throw new UsageException(
          "--window: found "
              + asked
              + ", expected at most "
              + Math.max(most, 0)
              + ": "
              + choices.path()
              + " has "
              + table.rows()
              + " rows, and needs "
              + FEWEST_SAMPLES
              + " samples at least");
    }
    if (asked != null) {
      return asked == 0 ? null : asked;
    }
    int usual = (int) Math.min(USUAL_WINDOW, table.rows() / 10);
    if (time != null && task.kind() == Task.Kind.NUMBERS && usual >= 2) {
      return usual;
    }
    if (choices.horizon() != null) {
      throw new UsageException(
          "--horizon: is for time series; add --window N, the number of rows of a sample");
    }
    if (table.rows() < FEWEST_SAMPLES) {
      throw new UsageException(
          choices.path()
              + ": found "
              + table.rows()
              + " rows, expected at least "
              + FEWEST_SAMPLES
              + " to learn from");
    }
    return null;
  }

  /** How many rows after a window its target is. */
  int horizon() {
    Integer horizon = choices.horizon();
    return horizon == null ? 1 : horizon;
  }

  /** Whether the past of the targets is an input. */
  boolean knowsPast() {
    return window != null && horizon() > 0 && task.kind() == Task.Kind.NUMBERS;
  }

  private void sortColumns() {
    for (ColumnDescription column : table.columns()) {
      if (column.name().equals(choices.sequence())
          || (targets.contains(column) ? !knowsPast() : column.equals(time) && window != null)) {
        continue;
      }
      boolean usable =
          switch (column.content()) {
            case NUMBER, BOOLEAN, CATEGORY ->
                column.missing() < table.rows() && (targets.contains(column) || !isKey(column));
            case TIME, DATE, TEXT -> false;
          };
      (usable ? features : excluded).add(column);
    }
    if (features.isEmpty()) {
      throw new UsageException(
          choices.path()
              + ": no column is left to predict '"
              + choices.targets().get(0)
              + "' from"
              + (window == null && choices.sequence() == null
                  ? "; for a time series, add --window N"
                  : ""));
    }
  }

  private boolean isKey(ColumnDescription column) {
    boolean counts =
        (column.whole() && column.greatest() - column.least() == table.rows() - 1)
            || column.name().startsWith("unnamed_");
    return counts && KEY.matcher(column.name().toLowerCase(Locale.ROOT)).matches();
  }

  /** How many numbers a row has. */
  int width() {
    return width(features);
  }

  private static int width(List<ColumnDescription> columns) {
    return columns.stream()
        .mapToInt(c -> c.content() == Content.CATEGORY ? c.classes().size() : 1)
        .sum();
  }

  /** Where among the numbers of a row that of a column is. */
  int place(ColumnDescription column) {
    return width(features.subList(0, features.indexOf(column)));
  }

  /** How many samples there are. */
  long samples() {
    if (window != null) {
      return table.rows() - window - horizon() + 1;
    }
    TableDescription.Sequences sequences = table.sequences();
    return sequences == null ? table.rows() : sequences.count();
  }

  /**
   * A power of two of twice the inputs or more, from 16 to 128; no more than the rows can teach.
   */
  int denseUnits() {
    int most = table.rows() < 1000 ? 32 : 128;
    int units = 16;
    while (units < 2 * width() && units < most) {
      units *= 2;
    }
    return units;
  }

  /** Units of a recurrent layer: the more targets, the more they can teach. */
  int recurrentUnits() {
    boolean byRow = sequences() != null && !hasTargetPerSequence();
    long targeted = byRow ? table.rows() : samples();
    return targeted < 1000 ? 16 : targeted < 20_000 ? 32 : 64;
  }
}
