package org.rondoml.standard.callbacks;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.spi.ConfigException;

/**
 * The name of a checkpoint or a file of weights, with Python's replacement fields as Keras takes
 * them: {@code {epoch:02d}}, {@code {batch:05d}}, {@code {val_loss:.2f}}, {@code {val_loss}}.
 * Epochs and batches count from 1.
 */
final class CheckpointName {
  /** The ending of Keras' files of weights. */
  static final String WEIGHTS = ".weights.h5";

  private static final String KEY = "filepath";
  private static final Pattern FIELD =
      Pattern.compile(
          "\\{(?<name>\\w+(?:\\[\\d+])?)(?::(?:0?(?<width>[1-9])d|\\.(?<digits>\\d)f))?}");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._=+-]*");

  /** Endings of files that hold a whole model; a checkpoint's is always the same. */
  private static final Pattern WHOLE_MODEL =
      Pattern.compile("(\\.weights)?\\.(keras|h5|hdf5|npz)$");

  /** Those of the run itself. */
  private static final Set<String> TAKEN = Set.of("last", "previous");

  private final String template;

  private CheckpointName(String template) {
    this.template = template;
  }

  /**
   * The name of a checkpoint. An ending of Keras' files of models is left out.
   *
   * @throws ConfigException where it can't be the name of a checkpoint in the run folder
   */
  static CheckpointName ofCheckpoint(String template) {
    String name = WHOLE_MODEL.matcher(template).replaceFirst("");
    checkPlain(template, name);
    if (TAKEN.contains(name)) {
      throw new ConfigException(
          KEY, "'" + name + "' is a checkpoint that the run itself saves: take another name");
    }
    return new CheckpointName(name);
  }

  /**
   * The name of a file of weights.
   *
   * @throws ConfigException where it can't be the name of such a file in the run folder
   */
  static CheckpointName ofWeights(String template) {
    checkPlain(template, template);
    if (!template.endsWith(WEIGHTS)) {
      throw new ConfigException(
          KEY,
          "found '"
              + template
              + "', expected a name that ends in "
              + WEIGHTS
              + ", the format of weights alone");
    }
    return new CheckpointName(template);
  }

  private static void checkPlain(String template, String name) {
    if (!PLAIN.matcher(FIELD.matcher(name).replaceAll("0")).matches()) {
      throw new ConfigException(
          KEY,
          "'"
              + template
              + "' can't name a checkpoint: checkpoints lie in the run folder, so it takes a name"
              + " without directories, of letters, digits and . _ = + -, such as best or"
              + " epoch-{epoch:02d}-{val_loss:.2f}");
    }
  }

  /**
   * Checks that everything the name speaks of will be known.
   *
   * @param known what will be logged, and epoch or batch
   * @throws ConfigException where it won't
   */
  void check(Set<String> known) {
    Matcher field = FIELD.matcher(template);
    while (field.find()) {
      String name = field.group("name");
      if (!known.contains(name)) {
        throw new ConfigException(
            KEY,
            "'{" + name + "}' won't be logged; found " + String.join(", ", new TreeSet<>(known)));
      }
    }
  }

  /**
   * The name for a moment.
   *
   * @param values what is known by name; whole numbers are written as such. A figure that is
   *     missing, because this epoch did not log it, is written {@code none}.
   */
  String of(Map<String, ? extends Number> values) {
    StringBuilder name = new StringBuilder();
    Matcher field = FIELD.matcher(template);
    while (field.find()) {
      field.appendReplacement(
          name, Matcher.quoteReplacement(text(field, values.get(field.group("name")))));
    }
    return field.appendTail(name).toString();
  }

  private static String text(Matcher field, @Nullable Number value) {
    String width = field.group("width");
    String digits = field.group("digits");
    if (value == null) {
      return "none";
    }
    if (digits != null) {
      return String.format(Locale.ROOT, "%." + digits + "f", value.doubleValue());
    }
    if (width != null) {
      return String.format(Locale.ROOT, "%0" + width + "d", value.longValue());
    }
    return value instanceof Double figure ? PythonFloat.text(figure) : value.toString();
  }
}
