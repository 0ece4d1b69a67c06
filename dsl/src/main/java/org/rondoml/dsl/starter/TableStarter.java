package org.rondoml.dsl.starter;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.UsageException;
import org.rondoml.core.spi.ColumnDescription;
import org.rondoml.core.spi.TableDescription;

/**
 * Writes a model file for a table: which columns go in, what comes out, how large the layers are,
 * and in comments why. It is a start that trains, not the best that there is.
 */
public final class TableStarter {
  private final TablePlan plan;
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
   * @param sequence the column by which rows are sequences, or null where they are none
   */
  public record Choices(
      String model,
      String name,
      String path,
      List<String> targets,
      @Nullable Integer window,
      @Nullable Integer horizon,
      @Nullable String sequence) {
    /** Copies the list. */
    public Choices {
      targets = List.copyOf(targets);
    }
  }

  private TableStarter(TablePlan plan) {
    this.plan = plan;
  }

  /**
   * The text of a model file.
   *
   * @throws UsageException where the choices don't fit the table
   */
  public static String write(Choices choices, TableDescription table) {
    return new TableStarter(new TablePlan(choices, table)).write();
  }

  private String write() {
    head();
    new DataLines(plan, yaml).write();
    new LayerLines(plan, yaml).write();
    new TrainingLines(plan, yaml).write();
    return yaml.text();
  }

  private void head() {
    String what =
        switch (plan.task().kind()) {
          case BINARY -> "one of two classes";
          case CLASSES -> "one of " + plan.task().units() + " classes";
          case NUMBERS ->
              plan.targets().size() == 1 ? "a number" : plan.targets().size() + " numbers";
        };
    yaml.comment(
        0,
        (plan.window() == null ? "Predicts " : "Forecasts ")
            + names(plan.targets())
            + ", "
            + what
            + (plan.sequences() == null
                ? ""
                : plan.hasTargetPerSequence()
                    ? " for each sequence"
                    : " for each row of a sequence")
            + ", from "
            + plan.choices().path()
            + ", which has "
            + plan.table().rows()
            + " rows "
            + sequences()
            + "and "
            + plan.table().columns().size()
            + (plan.table().columns().size() == 1 ? " column." : " columns."));
    yaml.comment(0, "Train it with: rondo train " + plan.choices().model());
    yaml.line(0, "rondo: 1");
    yaml.line(0, "name: " + CommentedYaml.scalar(plan.choices().name()));
    yaml.comment(
        0, "The same seed gives the same result; another one tells how much of it was luck.");
    yaml.line(0, "seed: 42");
    yaml.gap();
  }

  private String sequences() {
    TableDescription.Sequences sequences = plan.sequences();
    return sequences == null ? "" : "in " + sequences.count() + " sequences, ";
  }

  /** Columns by their names, for comments. */
  static String names(List<ColumnDescription> columns) {
    return columns.stream().map(c -> "'" + c.name() + "'").collect(Collectors.joining(", "));
  }

  /** A model's name for a file's: letters, digits, - and _. */
  public static String nameOf(String file) {
    String stem = file.replaceAll("\\.[A-Za-z]+(\\.gz)?$", "");
    return Optional.of(stem.replaceAll("[^\\p{L}\\p{N}_-]+", "-"))
        .filter(name -> name.matches(".*[\\p{L}\\p{N}].*"))
        .orElse("model");
  }
}
