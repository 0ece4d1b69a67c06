package org.rondoml.dsl.command;

import java.util.ArrayList;
import java.util.List;

/**
 * Text in lines of a width: broken between words, and where a word is too long, behind | or a
 * comma.
 */
final class BrokenLines {
  private final int width;
  private final List<String> lines = new ArrayList<>();
  private final StringBuilder line = new StringBuilder();

  private BrokenLines(int width) {
    this.width = width;
  }

  /** The lines of a text; a single empty one where it is empty. */
  static List<String> of(String text, int width) {
    BrokenLines broken = new BrokenLines(width);
    for (String word : text.split(" ", -1)) {
      broken.add(word);
    }
    broken.lines.add(broken.line.toString());
    return broken.lines;
  }

  private void add(String word) {
    if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
      endLine();
    }
    line.append(line.isEmpty() ? "" : " ").append(word);
    while (line.length() > width) {
      int end = end();
      String rest = line.substring(end);
      line.setLength(end);
      endLine();
      line.append(rest);
    }
  }

  /** Where a line of a single long word is cut. */
  private int end() {
    for (int i = width; i > width / 2; i--) {
      if ("|,".indexOf(line.charAt(i - 1)) >= 0) {
        return i;
      }
    }
    return width;
  }

  private void endLine() {
    lines.add(line.toString());
    line.setLength(0);
  }
}
