package org.rondoml.dsl.progress;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Numbers, durations and logs in the form of Keras' {@code Progbar}, digit for digit. */
final class Figures {
  private static final Pattern NUMBER = Pattern.compile("\\[\\d+]$");
  private static final MathContext FIVE_DIGITS = new MathContext(5, RoundingMode.HALF_EVEN);

  private Figures() {}

  /** Python's {@code %.4f} where |value| > 1e-3, else its {@code %.4e}. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    // Python rounds the exact binary value, half to even; Java's formatter rounds its shortest
    // decimal.
    BigDecimal exact = new BigDecimal(value);
    return Math.abs(value) > 1e-3
        ? exact.setScale(4, RoundingMode.HALF_EVEN).toPlainString()
        : String.format(Locale.ROOT, "%.4e", exact.round(FIVE_DIGITS));
  }

  /**
   * The logs with the mean of a metric's figures in their place, {@code f1_score} for {@code
   * f1_score[0]} and {@code f1_score[1]}: what Keras' line has of an array.
   */
  static Map<String, Double> means(Map<String, Double> logs) {
    Map<String, DoubleSummaryStatistics> figures = new LinkedHashMap<>();
    logs.forEach(
        (name, value) ->
            figures
                .computeIfAbsent(
                    NUMBER.matcher(name).replaceFirst(""), n -> new DoubleSummaryStatistics())
                .accept(value));
    Map<String, Double> means = new LinkedHashMap<>();
    figures.forEach((name, values) -> means.put(name, values.getAverage()));
    return means;
  }

  /** {@code " - loss: 0.9960 - acc: 0.6611"}. */
  static String logs(Map<String, Double> logs) {
    StringBuilder text = new StringBuilder();
    logs.forEach(
        (name, value) -> text.append(" - ").append(name).append(": ").append(number(value)));
    return text.toString();
  }

  /** Whole seconds: {@code 278s}. */
  static String elapsed(double seconds) {
    return whole(seconds) + "s";
  }

  /** The time that is left: {@code 1:02:03}, {@code 2:03} or {@code 59s}. */
  static String eta(double seconds) {
    long whole = (long) seconds;
    if (seconds > 3600) {
      return String.format(
          Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole % 3600 / 60, whole % 60);
    }
    return seconds > 60
        ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
        : whole + "s";
  }

  /** The time of one unit: {@code 5ms/sample}. */
  static String perUnit(double seconds, String unit) {
    if (seconds >= 1 || seconds == 0) {
      return whole(seconds) + "s/" + unit;
    }
    return seconds >= 1e-3
        ? whole(seconds * 1e3) + "ms/" + unit
        : whole(seconds * 1e6) + "us/" + unit;
  }

  private static long whole(double value) {
    return (long) Math.rint(value);
  }
}
