package org.rondoml.dsl.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Lines of a file to be shown. A file that can't be read, or isn't text, has none. */
final class Excerpts {
  /** As many bytes as a model file may have. */
  private static final int MOST_BYTES = 1 << 20;

  /** The characters of a line that are shown. */
  private static final int WIDTH = 88;

  private static final int BEFORE = 40;
  private static final String ENDS = " ,:#[]{}";

  private final List<String> lines;

  /**
   * A line with a place in it.
   *
   * @param number the number of the line
   * @param line what is shown of it
   * @param start where the place begins in that
   * @param length how long it is
   */
  record Excerpt(int number, String line, int start, int length) {
    /** {@code " 8 | - LSTM: {unitz: 3}"}. */
    String text() {
      return String.format("%5d | %s", number, line);
    }

    /** {@code " | ^^^^^"}. */
    String mark(String before, String after) {
      return " ".repeat(6) + "| " + " ".repeat(start) + before + "^".repeat(length) + after;
    }
  }

  /** The lines of a file. */
  Excerpts(String file) {
    lines = read(file);
  }

  private static List<String> read(String file) {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException | InvalidPathException e) {
      return List.of();
    }
  }

  /** A place, both from 1; nothing where there is no such line or nothing to be seen in it. */
  Optional<Excerpt> of(int line, int column) {
    if (line > lines.size()) {
      return Optional.empty();
    }
    int[] all = lines.get(line - 1).codePoints().map(Excerpts::visible).toArray();
    int at = Math.min(column - 1, all.length);
    if (new String(all, 0, all.length).isBlank()) {
      return Optional.empty();
    }
    int from = all.length <= WIDTH ? 0 : Math.max(0, Math.min(at - BEFORE, all.length - WIDTH));
    int to = Math.min(all.length, from + WIDTH);
    int end = at;
    while (end < to && ENDS.indexOf(all[end]) < 0) {
      end++;
    }
    String shown = new String(all, from, to - from).stripTrailing();
    return Optional.of(new Excerpt(line, shown, at - from, Math.max(1, end - at)));
  }

  /** What a terminal shows in one column without doing anything. */
  private static int visible(int character) {
    return Character.isISOControl(character) ? ' ' : character;
  }
}
