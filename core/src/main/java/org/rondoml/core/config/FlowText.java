package org.rondoml.core.config;

import java.util.ArrayList;
import java.util.List;

/**
 * A value written in YAML's flow style, in Java code. Reads the value of a {@link
 * org.rondoml.core.spi.Default}: {@code tanh}, {@code [1, 1]}, {@code {GlorotUniform: {}}}. Such
 * values are written by implementers, in records and in tests, so this knows no more of YAML than
 * they need.
 */
public final class FlowText {
  private final String text;
  private final Location at;
  private int next;

  private FlowText(String text, Location at) {
    this.text = text;
    this.at = at;
  }

  /**
   * The node for a text.
   *
   * @throws IllegalArgumentException where it can't be read
   */
  public static Node parse(String text, Location at) {
    FlowText reader = new FlowText(text, at);
    Node node = reader.value("");
    if (reader.next < text.length()) {
      throw new IllegalArgumentException("can't read the default '" + text + "'");
    }
    return node;
  }

  private Node value(String ends) {
    skipBlanks();
    if (take('{')) {
      List<Node.Entry> entries = new ArrayList<>();
      while (!take('}')) {
        String key = scalar(":").text();
        require(':');
        entries.add(new Node.Entry(key, at, value(",}")));
        take(',');
        skipBlanks();
      }
      return new Node.Mapping(at, entries);
    }
    if (take('[')) {
      List<Node> items = new ArrayList<>();
      while (!take(']')) {
        items.add(value(",]"));
        take(',');
        skipBlanks();
      }
      return new Node.Sequence(at, items);
    }
    return scalar(ends);
  }

  private Node.Scalar scalar(String ends) {
    skipBlanks();
    if (take('\'')) {
      int close = text.indexOf('\'', next);
      if (close < 0) {
        throw new IllegalArgumentException("can't read the default '" + text + "'");
      }
      Node.Scalar quoted = new Node.Scalar(at, text.substring(next, close), true);
      next = close + 1;
      skipBlanks();
      return quoted;
    }
    int start = next;
    while (next < text.length() && ends.indexOf(text.charAt(next)) < 0) {
      next++;
    }
    return Node.plain(at, text.substring(start, next).strip());
  }

  private void skipBlanks() {
    while (next < text.length() && text.charAt(next) == ' ') {
      next++;
    }
  }

  private boolean take(char wanted) {
    skipBlanks();
    if (next == text.length() && (wanted == '}' || wanted == ']')) {
      throw new IllegalArgumentException("can't read the default '" + text + "'");
    }
    if (next < text.length() && text.charAt(next) == wanted) {
      next++;
      skipBlanks();
      return true;
    }
    return false;
  }

  private void require(char wanted) {
    if (!take(wanted)) {
      throw new IllegalArgumentException("can't read the default '" + text + "'");
    }
  }
}
