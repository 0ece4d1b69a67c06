package org.rondoml.dsl.starter;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes YAML with comments, which are broken so that no line is longer than 100 columns. */
final class CommentedYaml {
  private static final int WIDTH = 100;
  private static final Pattern PLAIN = Pattern.compile("([A-Za-z_]|\\.{0,2}/)[A-Za-z0-9_./-]*");

  /** Characters that a model file can't hold as they are. */
  private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}\\p{Cn}\\p{Co}\\uFEFF]");

  private static final Set<String> WORDS =
      Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf");

  private final StringBuilder text = new StringBuilder();

  /** Adds a line. */
  void line(int indent, String line) {
    text.append(" ".repeat(indent)).append(line).append('\n');
  }

  /** Adds an empty line. */
  void gap() {
    text.append('\n');
  }

  /** Adds a comment, on as many lines as it takes. */
  void comment(int indent, String comment) {
    StringBuilder line = new StringBuilder("#");
    for (String word : HIDDEN.matcher(comment).replaceAll("?").split(" ", -1)) {
      if (line.length() > 1 && indent + line.length() + 1 + word.length() > WIDTH) {
        line(indent, line.toString());
        line = new StringBuilder("#");
      }
      line.append(' ').append(word);
    }
    line(indent, line.toString());
  }

  /** What has been written. */
  String text() {
    return text.toString();
  }

  /** A text as a YAML scalar, in quotes where it could be read as anything else. */
  static String scalar(String value) {
    if (PLAIN.matcher(value).matches() && !WORDS.contains(value.toLowerCase(Locale.ROOT))) {
      return value;
    }
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (HIDDEN.matcher(Character.toString(c)).matches()) {
        quoted.append(String.format("\\u%04X", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  /** Texts as a YAML list on one line. */
  static String list(List<String> values) {
    return values.stream().map(CommentedYaml::scalar).collect(Collectors.joining(", ", "[", "]"));
  }
}
