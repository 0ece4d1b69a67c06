package org.rondoml.core.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A component written as in Python, {@code keras.layers.LSTM(256, activation='relu')}: not our language, but what people who know Keras
 * type first, so messages show how it is written here.
 *
 * @param name the class, {@code LSTM}
 * @param positional the arguments without a name, as YAML
 * @param named the arguments with a name, as YAML: {@code activation: relu}
 */
record PythonCall(String name, List<String> positional, List<String> named) {
  private static final Pattern CALL =
      Pattern.compile("(?:[A-Za-z_]\\w*\\.)*([A-Za-z_]\\w*)\\((.*)\\)", Pattern.DOTALL);
  private static final Pattern NAMED = Pattern.compile("([A-Za-z_]\\w*)\\s*=\\s*(.*)", Pattern.DOTALL);

  /** The call that a text is, if it is one. */
  static Optional<PythonCall> of(String text) {
    Matcher call = CALL.matcher(text.strip());
    if (!call.matches()) {
      return Optional.empty();
    }
    List<String> positional = new ArrayList<>();
    List<String> named = new ArrayList<>();
    for (String argument : arguments(call.group(2))) {
      Matcher keyword = NAMED.matcher(argument);
      if (keyword.matches()) {
        named.add(keyword.group(1) + ": " + yaml(keyword.group(2)));
      } else {
        positional.add(yaml(argument));
      }
    }
    return Optional.of(new PythonCall(call.group(1), positional, named));
  }

  /**
   * The same in our language.
   *
   * @param keys the component's keys in order, which name the positional arguments
   */
  String yaml(List<String> keys) {
    if (named.isEmpty() && positional.isEmpty()) {
      return name;
    }
    if (named.isEmpty() && positional.size() == 1) {
      return name + ": " + positional.get(0);
    }
    List<String> all = new ArrayList<>();
    for (int i = 0; i < positional.size(); i++) {
      all.add((i < keys.size() ? keys.get(i) : "?") + ": " + positional.get(i));
    }
    all.addAll(named);
    return name + ": {" + String.join(", ", all) + "}";
  }

  private String nested() {
    String yaml = yaml(List.of());
    return yaml.equals(name) ? name : "{" + yaml + "}";
  }

  private static List<String> arguments(String text) {
    List<String> all = new ArrayList<>();
    int depth = 0;
    char quote = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"') {
        quote = c;
      } else if ("([{".indexOf(c) >= 0) {
        depth++;
      } else if (")]}".indexOf(c) >= 0) {
        depth--;
      } else if (c == ',' && depth == 0) {
        all.add(text.substring(start, i).strip());
        start = i + 1;
      }
    }
    all.add(text.substring(start).strip());
    all.removeIf(String::isEmpty);
    return all;
  }

  private static String yaml(String python) {
    String text = python.strip();
    if (text.length() > 1 && (text.startsWith("'") || text.startsWith("\"")) && text.endsWith(text.substring(0, 1))) {
      return text.substring(1, text.length() - 1);
    }
    if (text.startsWith("(") && text.endsWith(")")) {
      return "[" + text.substring(1, text.length() - 1).replaceAll(",\\s*$", "").replace("None", "null") + "]";
    }
    return switch (text) {
      case "True" -> "true";
      case "False" -> "false";
      case "None" -> "null";
      default -> of(text).map(PythonCall::nested).orElse(text);
    };
  }
}
