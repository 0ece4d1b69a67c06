package org.rondoml.dsl.language;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Problem;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.Node;
import org.rondoml.core.config.Problems;

class StrictYamlTest {
  private final Problems problems = new Problems();

  private Node read(byte[] bytes) {
    return new StrictYaml(problems).read("a.yaml", bytes);
  }

  private String mistakes(byte[] bytes) {
    read(bytes);
    return problems.sorted().stream().map(Problem::toString).collect(Collectors.joining("\n"));
  }

  private String mistakes(String text) {
    return mistakes(text.getBytes(UTF_8));
  }

  @Test
  void scalarsKeepTextPlaceAndQuotes() {
    Node.Mapping read = (Node.Mapping) read("a: 010\nb: 'no'\nc:\n  - yes\n".getBytes(UTF_8));

    assertEquals(new Node.Scalar(new Location("a.yaml", 1, 4), "010", false), read.get("a"));
    assertEquals(new Node.Scalar(new Location("a.yaml", 2, 4), "no", true), read.get("b"));
    assertEquals("", mistakes("c: 1\n"));
    assertEquals(new Location("a.yaml", 3, 1), read.entries().get(2).location());
  }

  @Test
  void acceptsByteOrderMarkAndWindowsLines() {
    Node.Mapping read = (Node.Mapping) read("\uFEFFa: 1\r\nb: 2\r\n".getBytes(UTF_8));

    assertEquals(new Node.Scalar(new Location("a.yaml", 2, 4), "2", false), read.get("b"));
    assertEquals("", mistakes("a: 1\n"));
  }

  @Test
  void columnsCountCharactersAsEditorsDo() {
    assertEquals(
        "a.yaml:1:12: not YAML: a ':' where none can be; indent the key like its neighbours, or put"
            + " quotes around a value that contains ': '",
        mistakes("name: \uD83D\uDE00 abc: d\n"));
  }

  @Test
  void refusesTabsAsIndent() {
    assertEquals("a.yaml:2:1: a tab as indent; use spaces", mistakes("a:\n\tb: 1\n"));
  }

  @Test
  void refusesTabsAfterSpaces() {
    assertEquals("a.yaml:2:3: a tab as indent; use spaces", mistakes("a:\n  \tb: 1\n"));
  }

  @Test
  void refusesNul() {
    assertEquals(
        "a.yaml:2:4: a NUL character; a model file is plain text", mistakes("a: 1\nb: \0\n"));
  }

  @Test
  void refusesControlCharacters() {
    assertEquals(
        "a.yaml:1:5: the control character U+0007; a model file is plain text",
        mistakes("a: x\u0007\n"));
  }

  @Test
  void refusesWhatIsNotUtf8() {
    assertEquals(
        "a.yaml:2:4: byte 0xFC is not UTF-8; save the file in UTF-8",
        mistakes(new byte[] {'a', ':', ' ', '1', '\n', 'b', ':', ' ', (byte) 0xFC, '\n'}));
  }

  @Test
  void refusesACharacterThatIsCutOff() {
    assertEquals(
        "a.yaml:1:4: byte 0xC3 is not UTF-8; save the file in UTF-8",
        mistakes(new byte[] {'a', ':', ' ', (byte) 0xC3}));
  }

  @Test
  void refusesUtf16() {
    assertEquals(
        "a.yaml:1:1: byte 0xFE is not UTF-8; save the file in UTF-8",
        mistakes("a: 1\n".getBytes(UTF_16)));
  }

  @Test
  void refusesTheEmptyFile() {
    assertEquals("a.yaml:1:1: the file is empty; a model file begins with rondo: 1", mistakes(""));
  }

  @Test
  void refusesDepth() {
    assertEquals(
        "a.yaml:1:65: nested deeper than 64 levels",
        assertTimeoutPreemptively(
            Duration.ofSeconds(5), () -> mistakes("[".repeat(100_000) + "]".repeat(100_000))));
  }

  @Test
  void refusesDepthByIndent() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 70; i++) {
      text.append(" ".repeat(i)).append("a:\n");
    }

    assertEquals("a.yaml:65:65: nested deeper than 64 levels", mistakes(text.toString()));
  }

  @Test
  void refusesLongScalars() {
    assertEquals(
        "a.yaml:1:4: a value of 70000 characters; the most is 65536",
        mistakes("a: " + "x".repeat(70_000)));
  }

  @Test
  void refusesLargeFiles() {
    assertEquals(
        "a.yaml: is larger than 1 MiB, the most a model file can have",
        mistakes("a: " + "x".repeat(4_000_000)));
  }

  @Test
  void refusesAliasBombs() {
    assertEquals(
        """
        a.yaml:1:4: a: the anchor &a; anchors are not allowed: leave it out
        a.yaml:2:4: b: the anchor &b; anchors are not allowed: leave it out
        a.yaml:2:8: b[0]: the alias *a; aliases are not allowed: write the value out
        a.yaml:2:12: b[1]: the alias *a; aliases are not allowed: write the value out""",
        mistakes("a: &a [x]\nb: &b [*a, *a]\n"));
  }

  @Test
  void refusesAliasesAsKeys() {
    assertEquals(
        "a.yaml:1:4: a: the anchor &a; anchors are not allowed: leave it out\n"
            + "a.yaml:2:1: an alias as key; aliases are not allowed: write the key out",
        mistakes("a: &a x\n*a : 2\n"));
  }
}
