package org.rondoml.dsl.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondoml.api.Problem;
import org.rondoml.api.Problem.Severity;

class ExcerptsTest {
  @TempDir private Path folder = Path.of("");

  private Path write(String text) throws IOException {
    return Files.write(folder.resolve("m.yaml"), text.getBytes(StandardCharsets.UTF_8));
  }

  private static String shown(Path file, int line, int column) {
    return new Excerpts(file.toString())
        .of(line, column)
        .map(e -> e.text() + "\n" + e.mark("", ""))
        .orElse("");
  }

  @Test
  void theWordAtThePlaceIsMarked() throws IOException {
    Path file = write("a: 1\n  - LSTM: {unitz: 3}\n\n\u00fc\uD83C\uDFB5: wrong\n");
    assertEquals("    2 |   - LSTM: {unitz: 3}\n      |            ^^^^^", shown(file, 2, 12));
    assertEquals("    4 | \u00fc\uD83C\uDFB5: wrong\n      |     ^^^^^", shown(file, 4, 5));
    assertEquals("    1 | a: 1\n      |     ^", shown(file, 1, 5));
  }

  @Test
  void whatCannotBeSeenIsNotShown() throws IOException {
    Path file = write("a: \u0000\u001b[31mb\n\n");
    assertEquals("    1 | a:   [31mb\n      |     ^", shown(file, 1, 5));
    assertEquals("", shown(file, 2, 1));
    assertEquals("", shown(file, 9, 1));
    assertEquals("", shown(folder.resolve("none.yaml"), 1, 1));
  }

  @Test
  void ofALongLineTheNeighbourhoodIsShown() throws IOException {
    Path file = write("x".repeat(5000) + " here " + "y".repeat(5000));
    String shown = shown(file, 1, 5002);
    assertEquals(
        "    1 | "
            + "x".repeat(39)
            + " here "
            + "y".repeat(43)
            + "\n      | "
            + " ".repeat(40)
            + "^^^^",
        shown);
  }

  private static String printed(List<Problem> problems, boolean coloured) {
    StringWriter text = new StringWriter();
    new ProblemPrinter(new PrintWriter(text), coloured).print(problems);
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  @Test
  void whatFillsAScreenIsCounted() throws IOException {
    Path file = write("a: 1\n");
    Problem one = new Problem(file.toString(), 1, 4, "a", "wrong", Severity.ERROR);
    assertEquals(
        file + ":1:4: a: wrong\n    1 | a: 1\n      |    ^\n", printed(List.of(one), false));
    assertEquals(
        (file + ":1:4: a: wrong\n").repeat(20)
            + "and 5 more: rondo check --format json lists all of them\n",
        printed(Collections.nCopies(25, one), false));
    assertTrue(printed(List.of(one), true).contains("   \u001b[1;31m^\u001b[0m"));
  }
}
