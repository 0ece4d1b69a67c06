package org.rondoml.core.config;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code ${NAME}} in the paths of one section of a document: where the data lies is a matter of the
 * machine, and nothing else is.
 */
final class PathVariables {
  private static final String START = "${";
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)\\}");

  private final String section;
  private final UnaryOperator<@Nullable String> values;

  /**
   * Variables.
   *
   * @param section the path of the section that has them
   * @param values the value of a variable by name; null where there is none
   */
  PathVariables(String section, UnaryOperator<@Nullable String> values) {
    this.section = section;
    this.values = values;
  }

  /** No variables anywhere. */
  static PathVariables none() {
    return new PathVariables("", name -> null);
  }

  /** The path with values for variables. */
  Node.Scalar replaced(Node.Scalar path, Place place) throws ScalarException {
    if (!path.text().contains(START)) {
      return path;
    }
    if (section.isEmpty() || !place.path().startsWith(section + ".")) {
      throw new ScalarException(
          "found "
              + Words.found(path)
              + ", but ${...} stands for something in the paths of "
              + (section.isEmpty() ? "data" : section)
              + " alone: write the path out");
    }
    if (VARIABLE.matcher(path.text()).replaceAll("").contains(START)) {
      throw new ScalarException(
          "found " + Words.found(path) + ", expected the name of a variable: ${NAME}");
    }
    Matcher variables = VARIABLE.matcher(path.text());
    StringBuilder text = new StringBuilder();
    while (variables.find()) {
      String name = variables.group(1);
      String value = values.apply(name);
      if (value == null || value.isEmpty()) {
        throw new ScalarException(
            "the environment variable '" + name + "' is not set: set it, or write the path out");
      }
      variables.appendReplacement(text, Matcher.quoteReplacement(value));
    }
    variables.appendTail(text);
    return new Node.Scalar(path.location(), text.toString(), path.quoted());
  }
}
