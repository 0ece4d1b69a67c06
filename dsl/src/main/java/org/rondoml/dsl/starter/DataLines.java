package org.rondoml.dsl.starter;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.rondoml.core.spi.ColumnDescription;
import org.rondoml.core.spi.ColumnDescription.Content;
import org.rondoml.core.spi.TableDescription;

/**
 * Writes the section {@code data} of a model file for a table.
 *
 * @param plan what it says
 * @param yaml where it is written
 */
record DataLines(TablePlan plan, CommentedYaml yaml) {
  /** Writes it. */
  void write() {
    yaml.line(0, "data:");
    yaml.line(2, "train:");
    yaml.line(4, "csv:");
    yaml.line(6, "path: " + CommentedYaml.scalar(plan.choices().path()));
    plan.table().keys().forEach((key, value) -> yaml.line(6, key + ": " + key(key, value)));
    target();
    columns();
    Integer window = plan.window();
    if (window != null) {
      window(window);
    } else {
      sequences();
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
    ColumnDescription first = plan.targets().get(0);
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
    } else if (plan.task().kind() == Task.Kind.NUMBERS && first.whole() && isFewNumbers(first)) {
      yaml.comment(
          6,
          "Taken for a quantity. If its numbers are names of classes, add types: {"
              + CommentedYaml.scalar(first.name())
              + ": category}, let the last layer have a unit for each and the activation softmax, and"
              + " take the loss sparse_categorical_crossentropy.");
    }
    List<String> names = plan.choices().targets();
    yaml.line(
        6,
        "target: "
            + (names.size() == 1 ? CommentedYaml.scalar(names.get(0)) : CommentedYaml.list(names)));
  }

  private static boolean isFewNumbers(ColumnDescription column) {
    return column.greatest() - column.least() < 20;
  }

  private void columns() {
    ColumnDescription ordered = plan.time();
    if (ordered != null) {
      yaml.comment(6, "The rows are in this order, which is checked; it is no input itself.");
      yaml.line(6, "time: " + CommentedYaml.scalar(ordered.name()));
    }
    if (plan.window() != null && !plan.knowsPast()) {
      yaml.comment(6, "The inputs; the target itself is none.");
      yaml.line(
          6,
          "features: "
              + CommentedYaml.list(plan.features().stream().map(ColumnDescription::name).toList()));
    } else if (!plan.excluded().isEmpty()) {
      yaml.comment(6, "No inputs: " + reasons() + ".");
      yaml.line(
          6,
          "exclude: "
              + CommentedYaml.list(plan.excluded().stream().map(ColumnDescription::name).toList()));
    }
    List<ColumnDescription> words =
        plan.features().stream().filter(c -> c.content() == Content.CATEGORY).toList();
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
    return plan.excluded().stream()
        .map(
            c ->
                c.name()
                    + (c.missing() == plan.table().rows()
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
            + (plan.horizon() == 0
                ? "that of the last of them."
                : plan.horizon() == 1
                    ? "that of the row after them."
                    : "that of the row " + plan.horizon() + " after the last of them.")
            + " A longer window sees more of the past and trains slower.");
    yaml.line(6, "window: " + rows);
    if (plan.horizon() != 1) {
      yaml.line(6, "horizon: " + plan.horizon());
    }
  }

  private void sequences() {
    TableDescription.Sequences sequences = plan.sequences();
    String column = plan.choices().sequence();
    if (sequences == null || column == null) {
      return;
    }
    yaml.comment(
        6,
        "Rows one after another with the same in this column are one sample. "
            + (plan.hasTargetPerSequence()
                ? "Its target is that of all of its rows."
                : "Each row of it has its target."));
    yaml.line(6, "sequence: " + CommentedYaml.scalar(column));
    if (plan.hasTargetPerSequence()) {
      yaml.line(6, "target_per: sequence");
    }
    yaml.comment(
        6,
        "All samples have as many steps as the longest sequence; a shorter one gets steps of "
            + plan.padding()
            + " at its end.");
    yaml.line(6, "maxlen: " + sequences.longest());
    yaml.line(6, "padding: post");
    if (plan.padding() != 0) {
      yaml.line(6, "value: " + plan.padding());
    }
  }

  private void missing() {
    List<ColumnDescription> gaps = new ArrayList<>(plan.features());
    plan.targets().stream().filter(t -> !gaps.contains(t)).forEach(gaps::add);
    ColumnDescription ordered = plan.time();
    if (ordered != null) {
      gaps.add(ordered);
    }
    gaps.removeIf(c -> c.missing() == 0);
    if (gaps.isEmpty()) {
      return;
    }
    long count = gaps.stream().mapToLong(ColumnDescription::missing).sum();
    String found =
        count
            + (count == 1 ? " value is" : " values are")
            + " missing, in "
            + TableStarter.names(gaps)
            + ": ";
    boolean one = count == 1;
    if (plan.window() != null && gaps.stream().noneMatch(ColumnDescription::startsMissing)) {
      yaml.comment(6, found + "the row before tells " + (one ? "it." : "them."));
      yaml.line(6, "missing: forward_fill");
    } else if (gaps.stream()
        .allMatch(
            c ->
                c.content() == Content.NUMBER
                    && plan.features().contains(c)
                    && !plan.isTarget(c))) {
      yaml.comment(
          6, found + "the mean of the column takes " + (one ? "its" : "their") + " place.");
      yaml.line(6, "missing: mean");
    } else {
      yaml.comment(6, found + (one ? "its row is" : "their rows are") + " left out.");
      yaml.line(6, "missing: drop");
    }
  }

  private void transforms() {
    boolean both = plan.task().kind() == Task.Kind.NUMBERS;
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
}
