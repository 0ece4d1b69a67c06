package org.rondoml.dsl.starter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.UsageException;
import org.rondoml.core.config.NearMiss;
import org.rondoml.core.spi.ColumnDescription;
import org.rondoml.core.spi.ColumnDescription.Content;
import org.rondoml.core.spi.TableDescription;

/**
 * Writes a model file for a table: which columns go in, what comes out, how large the layers are,
 * and in comments why. It is a start that trains, not the best that there is.
 */
public final class TableStarter {
  private static final int FEWEST_SAMPLES = 10;
  private static final int USUAL_WINDOW = 30;
  private static final Pattern KEY =
      Pattern.compile("(.*[_ ])?(id|index|key|no|nr|row)|unnamed_.*");

  private final Choices choices;
  private final TableDescription table;
  private final List<ColumnDescription> targets;
  private final @Nullable ColumnDescription time;
  private final @Nullable Integer window;
  private final Task task;
  private final List<ColumnDescription> excluded = new ArrayList<>();
  private final List<ColumnDescription> features = new ArrayList<>();
  private final CommentedYaml yaml = new CommentedYaml();

  /**
   * What the user has chosen.
   *
   * @param model the model file's name, for comments
   * @param name the model's name
   * @param path the table's path in the model file
   * @param targets the columns to predict
   * @param window rows of a sample; 0 for a row a sample; null to find out
   * @param horizon rows from the window to the target, or null
   */
  public record Choices(
      String model,
      String name,
      String path,
      List<String> targets,
      @Nullable Integer window,
      @Nullable Integer horizon) {
    /** Copies the list. */
    public Choices {
      targets = List.copyOf(targets);
    }
  }

  private TableStarter(Choices choices, TableDescription table) {
    this.choices = choices;
    this.table = table;
    this.targets = choices.targets().stream().map(this::target).toList();
    this.task = Task.of(targets);
    this.time =
        table.columns().stream()
            .filter(c -> c.content() == Content.TIME && !targets.contains(c))
            .findFirst()
            .orElse(null);
    this.window = window();
    sortColumns();
  }

  /**
   * The text of a model file.
   *
   * @throws UsageException where the choices don't fit the table
   */
  public static String write(Choices choices, TableDescription table) {
    return new TableStarter(choices, table).write();
  }

  private ColumnDescription target(String name) {
    List<String> names = table.columns().stream().map(ColumnDescription::name).toList();
    ColumnDescription column =
        table.columns().stream()
            .filter(c -> c.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new UsageException(
                        "--target: "
                            + choices.path()
                            + " has no column '"
                            + name
                            + "'"
                            + NearMiss.suggestion(name, names)
                            + "; it has "
                            + String.join(", ", names)));
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

  /**
   * The window that was asked for; where nothing was, one for numbers that come with their time.
   */
  private @Nullable Integer window() {
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

  private int horizon() {
    Integer horizon = choices.horizon();
    return horizon == null ? 1 : horizon;
  }

  /** Whether the past of the targets is an input. */
  private boolean knowsPast() {
    return window != null && horizon() > 0 && task.kind() == Task.Kind.NUMBERS;
  }

  private void sortColumns() {
    for (ColumnDescription column : table.columns()) {
      if (targets.contains(column) ? !knowsPast() : column.equals(time) && window != null) {
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
              + (window == null ? "; for a time series, add --window N" : ""));
    }
  }

  private boolean isKey(ColumnDescription column) {
    boolean counts =
        (column.whole() && column.greatest() - column.least() == table.rows() - 1)
            || column.name().startsWith("unnamed_");
    return counts && KEY.matcher(column.name().toLowerCase(Locale.ROOT)).matches();
  }

  /** How many numbers a row has. */
  private int width() {
    return width(features);
  }

  private static int width(List<ColumnDescription> columns) {
    return columns.stream()
        .mapToInt(c -> c.content() == Content.CATEGORY ? c.classes().size() : 1)
        .sum();
  }

  private long samples() {
    return window == null ? table.rows() : table.rows() - window - horizon() + 1;
  }

  private String write() {
    head();
    data();
    model();
    compile();
    fit();
    return yaml.text();
  }

  private void head() {
    String what =
        switch (task.kind()) {
          case BINARY -> "one of two classes";
          case CLASSES -> "one of " + task.units() + " classes";
          case NUMBERS -> targets.size() == 1 ? "a number" : targets.size() + " numbers";
        };
    yaml.comment(
        0,
        (window == null ? "Predicts " : "Forecasts ")
            + names(targets)
            + ", "
            + what
            + ", from "
            + choices.path()
            + ", which has "
            + table.rows()
            + " rows and "
            + table.columns().size()
            + (table.columns().size() == 1 ? " column." : " columns."));
    yaml.comment(0, "Train it with: rondo train " + choices.model());
    yaml.line(0, "rondo: 1");
    yaml.line(0, "name: " + CommentedYaml.scalar(choices.name()));
    yaml.comment(
        0, "The same seed gives the same result; another one tells how much of it was luck.");
    yaml.line(0, "seed: 42");
    yaml.gap();
  }

  private static String names(List<ColumnDescription> columns) {
    return columns.stream().map(c -> "'" + c.name() + "'").collect(Collectors.joining(", "));
  }

  private void data() {
    yaml.line(0, "data:");
    yaml.line(2, "train:");
    yaml.line(4, "csv:");
    yaml.line(6, "path: " + CommentedYaml.scalar(choices.path()));
    table.keys().forEach((key, value) -> yaml.line(6, key + ": " + key(key, value)));
    target();
    columns();
    if (window != null) {
      window(window);
    } else {
      yaml.comment(
          6,
          "An order of chance makes the samples to evaluate on a fair choice, even where the file is"
              + " sorted.");
      yaml.line(6, "shuffle: true");
      yaml.line(6, "seed: 42");
    }
    missing();
    transforms();
    yaml.gap();
  }

  private static String key(String key, String value) {
    return key.equals("header") ? value : "\"" + value + "\"";
  }

  private void target() {
    ColumnDescription first = targets.get(0);
    if (first.content() == Content.CATEGORY) {
      List<String> words = first.classes();
      StringBuilder meaning = new StringBuilder();
      for (int i = 0; i < Math.min(words.size(), 12); i++) {
        meaning.append(i == 0 ? "" : ", ").append(i).append(" is ").append(words.get(i).strip());
      }
      yaml.comment(
          6,
          "Its words become class numbers in sorted order: "
              + meaning.toString().replaceAll("\\s+", " ")
              + (words.size() > 12 ? ", and so on." : "."));
    } else if (task.kind() == Task.Kind.NUMBERS && first.whole() && isFewNumbers(first)) {
      yaml.comment(
          6,
          "Taken for a quantity. If its numbers are names of classes, add types: {"
              + CommentedYaml.scalar(first.name())
              + ": category}, let the last layer have a unit for each and the activation softmax, and"
              + " take the loss sparse_categorical_crossentropy.");
    }
    List<String> names = choices.targets();
    yaml.line(
        6,
        "target: "
            + (names.size() == 1 ? CommentedYaml.scalar(names.get(0)) : CommentedYaml.list(names)));
  }

  private static boolean isFewNumbers(ColumnDescription column) {
    return column.greatest() - column.least() < 20;
  }

  private void columns() {
    ColumnDescription ordered = time;
    if (window != null && ordered != null) {
      yaml.comment(6, "The rows are in this order, which is checked; it is no input itself.");
      yaml.line(6, "time: " + CommentedYaml.scalar(ordered.name()));
    }
    if (window != null && !knowsPast()) {
      yaml.comment(6, "The inputs; the target itself is none.");
      yaml.line(
          6,
          "features: "
              + CommentedYaml.list(features.stream().map(ColumnDescription::name).toList()));
    } else if (!excluded.isEmpty()) {
      yaml.comment(6, "No inputs: " + reasons() + ".");
      yaml.line(
          6,
          "exclude: "
              + CommentedYaml.list(excluded.stream().map(ColumnDescription::name).toList()));
    }
    List<ColumnDescription> words =
        features.stream().filter(c -> c.content() == Content.CATEGORY).toList();
    if (!words.isEmpty()) {
      yaml.comment(
          6, "Words have no order, so each different one becomes an input of its own, 0 or 1.");
      yaml.line(
          6,
          "types: {"
              + words.stream()
                  .map(c -> CommentedYaml.scalar(c.name()) + ": one_hot")
                  .collect(Collectors.joining(", "))
              + "}");
    }
  }

  private String reasons() {
    return excluded.stream()
        .map(
            c ->
                c.name()
                    + (c.missing() == table.rows()
                        ? " is empty"
                        : switch (c.content()) {
                          case TEXT -> " is text with many different values";
                          case DATE, TIME -> " has dates";
                          case NUMBER, BOOLEAN, CATEGORY -> " counts the rows";
                        }))
        .collect(Collectors.joining(", "));
  }

  private void window(int rows) {
    yaml.comment(
        6,
        "A sample is "
            + rows
            + " rows one after another, its target "
            + (horizon() == 0
                ? "that of the last of them."
                : horizon() == 1
                    ? "that of the row after them."
                    : "that of the row " + horizon() + " after the last of them.")
            + " A longer window sees more of the past and trains slower.");
    yaml.line(6, "window: " + rows);
    if (horizon() != 1) {
      yaml.line(6, "horizon: " + horizon());
    }
  }

  private void missing() {
    List<ColumnDescription> gaps = new ArrayList<>(features);
    targets.stream().filter(t -> !gaps.contains(t)).forEach(gaps::add);
    ColumnDescription ordered = time;
    if (window != null && ordered != null) {
      gaps.add(ordered);
    }
    gaps.removeIf(c -> c.missing() == 0);
    if (gaps.isEmpty()) {
      return;
    }
    long count = gaps.stream().mapToLong(ColumnDescription::missing).sum();
    String found =
        count + (count == 1 ? " value is" : " values are") + " missing, in " + names(gaps) + ": ";
    boolean one = count == 1;
    if (window != null && gaps.stream().noneMatch(ColumnDescription::startsMissing)) {
      yaml.comment(6, found + "the row before tells " + (one ? "it." : "them."));
      yaml.line(6, "missing: forward_fill");
    } else if (gaps.stream()
        .allMatch(c -> c.content() == Content.NUMBER && features.contains(c) && !isTarget(c))) {
      yaml.comment(
          6, found + "the mean of the column takes " + (one ? "its" : "their") + " place.");
      yaml.line(6, "missing: mean");
    } else {
      yaml.comment(6, found + (one ? "its row is" : "their rows are") + " left out.");
      yaml.line(6, "missing: drop");
    }
  }

  private boolean isTarget(ColumnDescription column) {
    return targets.contains(column);
  }

  private void transforms() {
    boolean both = task.kind() == Task.Kind.NUMBERS;
    yaml.comment(
        2,
        "Networks learn best from numbers around 0 and about 1 in size. Means and deviations are"
            + " learned from the training samples alone and kept with the run."
            + (both
                ? " The target is changed as well, so loss and mae are told in its deviations;"
                    + " predictions come in its own units."
                : ""));
    yaml.line(2, "transforms:");
    yaml.line(4, "- standardize: " + (both ? "{targets: true}" : "{}"));
  }

  private void model() {
    yaml.line(0, "model:");
    yaml.line(2, "layers:");
    if (window == null) {
      dense();
    } else if (knowsPast()) {
      forecaster(window);
    } else {
      yaml.comment(4, "Rows of a sample, and numbers of a row.");
      yaml.line(4, "- Input: {shape: [" + window + ", " + width() + "]}");
      yaml.comment(4, "Reads the rows one after another; what it has seen by the end goes on.");
      yaml.line(4, "- LSTM: {units: " + recurrentUnits() + "}");
      yaml.comment(4, last());
      yaml.line(4, "- " + task.layer());
    }
    yaml.gap();
  }

  private void dense() {
    int units = denseUnits();
    yaml.comment(
        4, "The numbers of a row: " + width() + " from " + columnCount(features.size()) + ".");
    yaml.line(4, "- Input: {shape: [" + width() + "]}");
    yaml.comment(
        4,
        "Twice as many units as inputs, or somewhat more, are a fair start; with few rows, a larger"
            + " network learns them by heart.");
    yaml.line(4, "- Dense: {units: " + units + ", activation: relu}");
    yaml.line(4, "- Dense: {units: " + units / 2 + ", activation: relu}");
    yaml.comment(4, last());
    yaml.line(4, "- " + task.layer());
  }

  private static String columnCount(int count) {
    return count + (count == 1 ? " column" : " columns");
  }

  /**
   * A power of two of twice the inputs or more, from 16 to 128; no more than the rows can teach.
   */
  private int denseUnits() {
    int most = table.rows() < 1000 ? 32 : 128;
    int units = 16;
    while (units < 2 * width() && units < most) {
      units *= 2;
    }
    return units;
  }

  private int recurrentUnits() {
    return samples() < 1000 ? 16 : samples() < 20_000 ? 32 : 64;
  }

  private String last() {
    return switch (task.kind()) {
      case BINARY -> "The probability of the class with number 1.";
      case CLASSES -> "A probability for each class.";
      case NUMBERS -> "The prediction; without an activation, so that it can be any number.";
    };
  }

  /** The last row by a line of its own, and what the way there adds to it by an LSTM. */
  private void forecaster(int rows) {
    yaml.comment(4, "Rows of a sample, and numbers of a row.");
    yaml.line(4, "- Input: {shape: [" + rows + ", " + width() + "], name: past}");
    yaml.comment(
        4,
        "The last row. Tomorrow is much like today, so the forecast starts there, and the rest of the"
            + " network has to learn no more than the change.");
    yaml.line(4, "- Cropping1D: {cropping: [" + (rows - 1) + ", 0]}");
    yaml.line(4, "- Flatten: {name: today}");
    boolean alone = width() == 1;
    if (!alone && targets.size() == 1) {
      int place = place(targets.get(0));
      yaml.comment(4, "Of its " + width() + " numbers the target's own.");
      yaml.line(4, "- Reshape: {target_shape: [" + width() + ", 1]}");
      yaml.line(4, "- Cropping1D: {cropping: [" + place + ", " + (width() - 1 - place) + "]}");
      yaml.line(4, "- Flatten: {name: level}");
    } else if (!alone) {
      yaml.line(4, "- Dense: {units: " + targets.size() + ", name: level}");
    }
    yaml.comment(
        4,
        "All rows less the last one: how it came there, whatever the level, so a level that was never"
            + " seen in training does no harm.");
    yaml.line(4, "- RepeatVector: {n: " + rows + ", name: level_of_today}");
    if (!alone) {
      yaml.line(4, "  from: today");
    }
    yaml.line(4, "- Subtract: {name: movement}");
    yaml.line(4, "  from: [past, level_of_today]");
    yaml.line(4, "- LSTM: {units: " + recurrentUnits() + "}");
    yaml.line(4, "- Dense: {units: " + targets.size() + ", name: change}");
    yaml.line(4, "- Add: {name: forecast}");
    yaml.line(4, "  from: [" + (alone ? "today" : "level") + ", change]");
  }

  /** Where among the numbers of a row that of a column is. */
  private int place(ColumnDescription column) {
    return width(features.subList(0, features.indexOf(column)));
  }

  private void compile() {
    yaml.line(0, "compile:");
    yaml.comment(
        2,
        "Adam with its default rate is a good start; a smaller one, such as 3e-4, where the loss"
            + " jumps.");
    yaml.line(2, "optimizer: {Adam: {learning_rate: 1e-3}}");
    yaml.line(2, "loss: " + task.loss());
    yaml.line(2, "metrics: [" + task.metric() + "]");
    yaml.gap();
  }

  private void fit() {
    yaml.line(0, "fit:");
    yaml.comment(2, "More than it takes: EarlyStopping below finds the end.");
    yaml.line(2, "epochs: 100");
    yaml.line(2, "batch_size: " + (samples() > 50_000 ? 256 : 32));
    yaml.comment(
        2,
        (window == null ? "A fifth of the samples" : "The last fifth of the samples, the newest,")
            + " is not trained on, but shows after every epoch what the model does with data it hasn't"
            + " seen.");
    yaml.line(2, "validation_split: 0.2");
    yaml.line(2, "callbacks:");
    yaml.comment(
        4, "Stops when that part hasn't got better for 10 epochs, and takes the best weights.");
    yaml.line(4, "- EarlyStopping: {monitor: val_loss, patience: 10, restore_best_weights: true}");
  }

  /** A model's name for a file's: letters, digits, - and _. */
  public static String nameOf(String file) {
    String stem = file.replaceAll("\\.[A-Za-z]+(\\.gz)?$", "");
    return Optional.of(stem.replaceAll("[^\\p{L}\\p{N}_-]+", "-"))
        .filter(name -> name.matches(".*[\\p{L}\\p{N}].*"))
        .orElse("model");
  }
}
