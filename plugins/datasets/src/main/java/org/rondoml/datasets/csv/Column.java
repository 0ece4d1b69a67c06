package org.rondoml.datasets.csv;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A column that is needed: takes its cells one after another, and holds their numbers. */
final class Column {
  /** More different words than this are no category, unless the model file says that they are. */
  static final int MOST_CLASSES = 1000;

  private final String name;
  private final ColumnType type;
  private final Cells cells;
  private final Predicate<String> missing;
  private final MissingPolicy policy;
  private final RowRule rule;
  private final Doubles values = new Doubles();
  private String last = "";
  private boolean begins = true;
  private @Nullable List<String> classes;
  private int width = 1;

  /**
   * A column without cells.
   *
   * @param name its name
   * @param type what its cells are taken for
   * @param cells makes numbers of them
   * @param missing tells cells that are missing
   * @param policy what is done about those
   * @param rule what every number must be to the one before
   */
  Column(
      String name,
      ColumnType type,
      Cells cells,
      Predicate<String> missing,
      MissingPolicy policy,
      RowRule rule) {
    this.name = name;
    this.type = type;
    this.cells = cells;
    this.missing = missing;
    this.policy = policy;
    this.rule = rule;
  }

  /** Its name. */
  String name() {
    return name;
  }

  /** What its cells are taken for. */
  ColumnType type() {
    return type;
  }

  /** Whether a cell is missing. */
  boolean isMissing(String cell) {
    return missing.test(cell);
  }

  /** Says that the next cell has nothing to do with those before. */
  void begin() {
    begins = true;
  }

  /**
   * Takes the next cell.
   *
   * @throws CellException where it is not what the column holds
   */
  void add(String cell) throws CellException {
    if (isMissing(cell)) {
      values.add(substitute(cell));
    } else {
      double value = cells.read(cell);
      if (!begins) {
        checkRule(cell, value, values.get(values.size() - 1));
      }
      values.add(value);
      last = rule == RowRule.NONE ? "" : cell;
    }
    begins = false;
  }

  /**
   * Takes note of a word in a row that is left out.
   *
   * @throws CellException where it is not what the column holds
   */
  void note(String cell) throws CellException {
    if (type.hasClasses() && !isMissing(cell)) {
      cells.read(cell);
    }
  }

  private void checkRule(String cell, double value, double before) throws CellException {
    if (rule == RowRule.ASCENDS && value <= before) {
      throw new CellException(
          "found " + Cells.shown(cell) + " after " + last + ", expected time to go forward");
    }
    if (rule == RowRule.SAME && value != before) {
      throw new CellException(
          "found "
              + Cells.shown(cell)
              + " after "
              + Cells.shown(last)
              + " in the same sequence, expected the same in all of its rows: leave out target_per:"
              + " sequence where each row has its own");
    }
  }

  private double substitute(String cell) throws CellException {
    String found = "found " + Cells.shown(cell) + ", which is missing; expected " + type.expected();
    return switch (policy) {
      case ERROR, DROP -> throw new CellException(found);
      case FORWARD_FILL -> {
        if (begins) {
          throw new CellException(found + ", and no row before it has one to fill in");
        }
        yield values.get(values.size() - 1);
      }
      case ZERO, MEAN -> {
        if (type != ColumnType.NUMBER) {
          throw new CellException(found + ", and there is no zero or mean of such values");
        }
        yield policy == MissingPolicy.ZERO ? 0 : Double.NaN;
      }
    };
  }

  /** Puts the mean over some rows in the place of what is missing. */
  void fillMeans(IntPredicate rows) {
    double sum = 0;
    int count = 0;
    for (int row = 0; row < values.size(); row++) {
      if (rows.test(row) && !Double.isNaN(values.get(row))) {
        sum += values.get(row);
        count++;
      }
    }
    for (int row = 0; row < values.size(); row++) {
      if (Double.isNaN(values.get(row))) {
        values.set(row, count == 0 ? 0 : sum / count);
      }
    }
  }

  /** Numbers words as their sorted order does; done once, after the last cell. */
  void finish() {
    if (cells instanceof CategoryCells words) {
      classes = words.classes();
      width = type == ColumnType.ONE_HOT ? words.classes().size() : 1;
      int[] order = words.order();
      for (int row = 0; row < values.size(); row++) {
        values.set(row, order[(int) values.get(row)]);
      }
    }
  }

  /** The words that class numbers stand for; null where the column has none. */
  @Nullable List<String> classes() {
    return classes;
  }

  /** How many numbers a row of it has: 1, or one for each word of {@link ColumnType#ONE_HOT}. */
  int width() {
    return width;
  }

  /** How many rows there are. */
  int rows() {
    return values.size();
  }

  /** One of the numbers of a row. */
  double value(int row, int index) {
    double value = values.get(row);
    return type == ColumnType.ONE_HOT ? (value == index ? 1 : 0) : value;
  }
}
