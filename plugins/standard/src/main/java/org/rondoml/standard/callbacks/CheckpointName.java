package org.rondoml.standard.callbacks;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rondoml.core.spi.ConfigException;

/**
 * The name of a checkpoint, with Python's replacement fields as Keras takes them: {@code
 * {epoch:02d}}, {@code {val_loss:.2f}}, {@code {val_loss}}. Epochs count from 1.
 */
final class CheckpointName {
  private static final String KEY = "filepath";
  private static final Pattern FIELD =
      Pattern.compile("\\{(?<name>\\w+)(?::(?:0?(?<width>[1-9])d|\\.(?<digits>\\d)f))?}");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._=+-]*");

  private final String template;

  /**
   * A name.
   *
   * @throws ConfigException where it can't be the name of a file in the run folder
   */
  CheckpointName(String template) {
    this.template = template;
    if (!PLAIN.matcher(FIELD.matcher(template).replaceAll("0")).matches()) {
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
   * Checks that everything the name speaks of will be logged.
   *
   * @throws ConfigException where it won't
   */
  void check(Set<String> logs) {
    Matcher field = FIELD.matcher(template);
    while (field.find()) {
      String name = field.group("name");
      if (!name.equals("epoch") && !logs.contains(name)) {
        throw new ConfigException(
            KEY,
            "'{"
                + name
                + "}' won't be logged; found epoch, "
                + String.join(", ", new TreeSet<>(logs)));
      }
    }
  }

  /**
   * The name after an epoch, counted from 0. A figure that this epoch did not log is written {@code
   * none}.
   */
  String of(int epoch, Map<String, Double> logs) {
    StringBuilder name = new StringBuilder();
    Matcher field = FIELD.matcher(template);
    while (field.find()) {
      field.appendReplacement(name, Matcher.quoteReplacement(value(field, epoch, logs)));
    }
    return field.appendTail(name).toString();
  }

  private static String value(Matcher field, int epoch, Map<String, Double> logs) {
    String width = field.group("width");
    String digits = field.group("digits");
    boolean isEpoch = field.group("name").equals("epoch");
    Double value = isEpoch ? Double.valueOf(epoch + 1.0) : logs.get(field.group("name"));
    if (value == null) {
      return "none";
    }
    if (digits != null) {
      return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
    if (width != null) {
      return String.format(Locale.ROOT, "%0" + width + "d", value.longValue());
    }
    return isEpoch ? Integer.toString(epoch + 1) : Double.toString(value);
  }
}
