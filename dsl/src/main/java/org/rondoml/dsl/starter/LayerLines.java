package org.rondoml.dsl.starter;

import org.rondoml.core.spi.TableDescription;

/**
 * Writes the section {@code model} of a model file for a table.
 *
 * @param plan what it says
 * @param yaml where it is written
 */
record LayerLines(TablePlan plan, CommentedYaml yaml) {
  /** Writes it. */
  void write() {
    yaml.line(0, "model:");
    yaml.line(2, "layers:");
    Integer window = plan.window();
    TableDescription.Sequences sequences = plan.sequences();
    if (sequences != null) {
      sequences(sequences.longest());
    } else if (window == null) {
      dense();
    } else if (plan.knowsPast()) {
      forecaster(window);
    } else {
      yaml.comment(4, "Rows of a sample, and numbers of a row.");
      yaml.line(4, "- Input: {shape: [" + window + ", " + plan.width() + "]}");
      yaml.comment(4, "Reads the rows one after another; what it has seen by the end goes on.");
      yaml.line(4, "- LSTM: {units: " + plan.recurrentUnits() + "}");
      yaml.comment(4, last());
      yaml.line(4, "- " + plan.task().layer());
    }
    yaml.gap();
  }

  private void sequences(long steps) {
    yaml.comment(4, "Steps of a sequence, and numbers of a step.");
    yaml.line(4, "- Input: {shape: [" + steps + ", " + plan.width() + "]}");
    yaml.comment(
        4,
        "Steps that only make sequences equally long are none: what follows passes over them, and they"
            + " count nowhere.");
    yaml.line(4, "- Masking: {mask_value: " + plan.padding() + ".0}");
    if (plan.hasTargetPerSequence()) {
      yaml.comment(4, "Reads the steps one after another; what it has seen by the end goes on.");
      yaml.line(4, "- LSTM: {units: " + plan.recurrentUnits() + "}");
    } else {
      yaml.comment(
          4, "Reads a sequence forwards and backwards, so that each step knows all of it.");
      yaml.line(
          4,
          "- Bidirectional: {layer: {LSTM: {units: "
              + plan.recurrentUnits()
              + ", return_sequences: true}}}");
    }
    yaml.comment(4, last());
    yaml.line(4, "- " + plan.task().layer());
  }

  private void dense() {
    int units = plan.denseUnits();
    yaml.comment(
        4,
        "The numbers of a row: "
            + plan.width()
            + " from "
            + columnCount(plan.features().size())
            + ".");
    yaml.line(4, "- Input: {shape: [" + plan.width() + "]}");
    yaml.comment(
        4,
        "Twice as many units as inputs, or somewhat more, are a fair start; with few rows, a larger"
            + " network learns them by heart.");
    yaml.line(4, "- Dense: {units: " + units + ", activation: relu}");
    yaml.line(4, "- Dense: {units: " + units / 2 + ", activation: relu}");
    yaml.comment(4, last());
    yaml.line(4, "- " + plan.task().layer());
  }

  private static String columnCount(int count) {
    return count + (count == 1 ? " column" : " columns");
  }

  private String last() {
    return switch (plan.task().kind()) {
      case BINARY -> "The probability of the class with number 1.";
      case CLASSES -> "A probability for each class.";
      case NUMBERS -> "The prediction; without an activation, so that it can be any number.";
    };
  }

  /** The last row by a line of its own, and what the way there adds to it by an LSTM. */
  private void forecaster(int rows) {
    yaml.comment(4, "Rows of a sample, and numbers of a row.");
    yaml.line(4, "- Input: {shape: [" + rows + ", " + plan.width() + "], name: past}");
    yaml.comment(
        4,
        "The last row. Tomorrow is much like today, so the forecast starts there, and the rest of the"
            + " network has to learn no more than the change.");
    yaml.line(4, "- Cropping1D: {cropping: [" + (rows - 1) + ", 0]}");
    yaml.line(4, "- Flatten: {name: today}");
    boolean alone = plan.width() == 1;
    if (!alone && plan.targets().size() == 1) {
      int place = plan.place(plan.targets().get(0));
      yaml.comment(4, "Of its " + plan.width() + " numbers the target's own.");
      yaml.line(4, "- Reshape: {target_shape: [" + plan.width() + ", 1]}");
      yaml.line(4, "- Cropping1D: {cropping: [" + place + ", " + (plan.width() - 1 - place) + "]}");
      yaml.line(4, "- Flatten: {name: level}");
    } else if (!alone) {
      yaml.line(4, "- Dense: {units: " + plan.targets().size() + ", name: level}");
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
    yaml.line(4, "- LSTM: {units: " + plan.recurrentUnits() + "}");
    yaml.line(4, "- Dense: {units: " + plan.targets().size() + ", name: change}");
    yaml.line(4, "- Add: {name: forecast}");
    yaml.line(4, "  from: [" + (alone ? "today" : "level") + ", change]");
  }
}
