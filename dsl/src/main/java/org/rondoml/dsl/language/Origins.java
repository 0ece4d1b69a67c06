package org.rondoml.dsl.language;

import java.util.ArrayList;
import java.util.List;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.Node;

/**
 * The text of a resolved document with a comment behind every value that tells where it comes from:
 *
 * <pre>
 * units: 256                 # model.yaml:12
 * recurrent_dropout: 0.0     # default
 * </pre>
 *
 * <p>It is a model file like any other, and reads back to the same document.
 */
public final class Origins {
  /** Comments stand in one column, but none is pushed further than this by the longest line. */
  private static final int WIDEST = 60;

  private final List<String> comments = new ArrayList<>();

  private Origins() {}

  /** The text of a document, which ends with a line break. */
  public static String text(Node.Mapping document) {
    Origins origins = new Origins();
    origins.mapping(document);
    List<String> lines = YamlText.of(document).lines().toList();
    int column =
        lines.stream().mapToInt(String::length).filter(n -> n <= WIDEST).max().orElse(0) + 2;
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String comment = origins.comments.get(i);
      text.append(line);
      if (!comment.isEmpty()) {
        text.append(" ".repeat(Math.max(2, column - line.length()))).append("# ").append(comment);
      }
      text.append('\n');
    }
    return text.toString();
  }

  // One comment for each line that YamlText writes, in the same order.

  private void mapping(Node.Mapping mapping) {
    for (Node.Entry entry : mapping.entries()) {
      boolean below = YamlText.isBlock(entry.value());
      comments.add(below ? "" : origin(entry.value().location()));
      if (below) {
        node(entry.value());
      }
    }
  }

  private void node(Node node) {
    if (node instanceof Node.Mapping mapping) {
      mapping(mapping);
    } else if (node instanceof Node.Sequence sequence) {
      for (Node item : sequence.items()) {
        if (YamlText.isBlock(item)) {
          node(item);
        } else {
          comments.add(origin(item.location()));
        }
      }
    }
  }

  private static String origin(Location at) {
    String file = at.file();
    if (file == null) {
      return "default";
    }
    return at.line() == 0 ? file : file + ":" + at.line();
  }
}
