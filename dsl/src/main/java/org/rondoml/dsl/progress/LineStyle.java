package org.rondoml.dsl.progress;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.rondoml.api.Semantics;

/**
 * The words and signs of one generation of Keras; each reproduces that generation's {@code
 * Progbar}.
 */
enum LineStyle {
  /** TensorFlow 1.13 to 2.0: counts samples, says {@code acc}. */
  TF1(30, "sample") {
    @Override
    Map<String, Double> named(Map<String, Double> logs) {
      Map<String, Double> named = new LinkedHashMap<>();
      logs.forEach(
          (name, value) -> named.put(name.replaceFirst("^(val_)?accuracy$", "$1acc"), value));
      return named;
    }
  },

  /** tf_keras: {@code tf_keras/src/utils/generic_utils.py}. */
  TF2(30, "step"),

  /** Keras 3: {@code keras/src/utils/progbar.py}; bold figures, a heavy line, names in order. */
  KERAS3(20, "step") {
    @Override
    String bar(int current, int target) {
      int done = (int) (width() * ((double) current / target));
      return BOLD
          + count(current, target)
          + PLAIN
          + " "
          + (done > 0 ? GREEN + "━".repeat(done) + PLAIN : "")
          + WHITE
          + "━".repeat(width() - done)
          + PLAIN;
    }

    @Override
    String running(int current, int target, StepClock.Reading time, Map<String, Double> logs) {
      return line(current, target, Figures.eta(time.left()), time, logs);
    }

    @Override
    String finished(int target, StepClock.Reading time, Map<String, Double> logs) {
      return line(target, target, Figures.elapsed(time.elapsed()), time, logs);
    }

    private String line(
        int current, int target, String clock, StepClock.Reading time, Map<String, Double> logs) {
      return bar(current, target)
          + " "
          + BOLD
          + clock
          + PLAIN
          + " "
          + Figures.perUnit(time.perUnit(), unit())
          + Figures.logs(logs);
    }

    @Override
    Map<String, Double> named(Map<String, Double> logs) {
      Map<String, Double> train = new TreeMap<>();
      Map<String, Double> validation = new TreeMap<>();
      logs.forEach(
          (name, value) -> (name.startsWith("val_") ? validation : train).put(name, value));
      Map<String, Double> named = new LinkedHashMap<>(train);
      named.putAll(validation);
      return named;
    }
  };

  private static final String BOLD = "\u001b[1m";
  private static final String GREEN = "\u001b[32m";
  private static final String WHITE = "\u001b[37m";
  private static final String PLAIN = "\u001b[0m";

  private final int width;
  private final String unit;

  LineStyle(int width, String unit) {
    this.width = width;
    this.unit = unit;
  }

  static LineStyle of(Semantics semantics) {
    return switch (semantics) {
      case TF1 -> TF1;
      case TF2 -> TF2;
      case KERAS3 -> KERAS3;
    };
  }

  int width() {
    return width;
  }

  /** What is counted: {@code sample} or {@code step}. */
  String unit() {
    return unit;
  }

  boolean countsSamples() {
    return this == TF1;
  }

  /** The bar with its count. */
  String bar(int current, int target) {
    int done = (int) (width * ((double) current / target));
    String head = current < target ? ">" : "=";
    return count(current, target)
        + " ["
        + (done > 0 ? "=".repeat(done - 1) + head : "")
        + ".".repeat(width - done)
        + "]";
  }

  /** The line while an epoch runs. */
  String running(int current, int target, StepClock.Reading time, Map<String, Double> logs) {
    return bar(current, target) + " - ETA: " + Figures.eta(time.left()) + Figures.logs(logs);
  }

  /** The logs under the names and in the order of this generation. */
  Map<String, Double> named(Map<String, Double> logs) {
    return logs;
  }

  /** The line of an epoch that has ended. */
  String finished(int target, StepClock.Reading time, Map<String, Double> logs) {
    return bar(target, target) + times(time) + Figures.logs(logs);
  }

  /** {@code " - 278s 5ms/sample"}. */
  String times(StepClock.Reading time) {
    return " - " + Figures.elapsed(time.elapsed()) + " " + Figures.perUnit(time.perUnit(), unit);
  }

  /** The count, padded to the target's digits: {@code 3200/60000}. */
  static String count(int current, int target) {
    String whole = Integer.toString(target);
    return " ".repeat(Math.max(0, whole.length() - Integer.toString(current).length()))
        + current
        + "/"
        + whole;
  }

  /** The columns a line takes on a terminal. */
  static int columns(String line) {
    return line.replaceAll("\u001b\\[[0-9]*m", "").length();
  }
}
