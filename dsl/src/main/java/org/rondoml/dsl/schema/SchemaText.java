package org.rondoml.dsl.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A schema as text that people can read: what fits on a line is on a line. */
public final class SchemaText {
  private static final int WIDTH = 120;
  private static final String INDENT = " ";

  private SchemaText() {}

  /** The text, which ends with a line break. */
  public static String of(JsonNode schema) {
    StringBuilder text = new StringBuilder();
    append(schema, "", 0, text);
    return text.append('\n').toString();
  }

  /**
   * Appends a value.
   *
   * @param indent what its lines are indented by
   * @param before how much of the line is taken
   */
  private static void append(JsonNode value, String indent, int before, StringBuilder text) {
    String line = value.toString();
    if (!value.isContainerNode() || before + line.length() <= WIDTH) {
      text.append(line);
      return;
    }
    boolean object = value.isObject();
    String inner = indent + INDENT;
    String separator = "";
    text.append(object ? '{' : '[');
    List<String> names = new ArrayList<>();
    value.fieldNames().forEachRemaining(names::add);
    for (int i = 0; i < value.size(); i++) {
      String name = object ? '"' + names.get(i) + "\": " : "";
      text.append(separator).append('\n').append(inner).append(name);
      JsonNode child = object ? value.get(names.get(i)) : value.get(i);
      append(child, inner, inner.length() + name.length() + 1, text);
      separator = ",";
    }
    text.append('\n').append(indent).append(object ? '}' : ']');
  }
}
