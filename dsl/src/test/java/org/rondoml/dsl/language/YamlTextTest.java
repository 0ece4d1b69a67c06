package org.rondoml.dsl.language;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.Node;
import org.rondoml.core.config.Problems;

class YamlTextTest {
  private static Node scalar(String text, boolean quoted) {
    return new Node.Scalar(Location.NONE, text, quoted);
  }

  @Test
  void writesALineAKeyAndShortListsInOne() {
    Node list = new Node.Sequence(Location.NONE, List.of(scalar("1", false), scalar("2", true)));
    Node map = Node.single("inner", Location.NONE, list);
    Node lists = new Node.Sequence(Location.NONE, List.of(map, map));

    assertEquals(
        """
        outer:
          - inner: [1, "2"]
          - inner: [1, "2"]
        """,
        YamlText.of(Node.single("outer", Location.NONE, lists)));
  }

  @Test
  void writesEmptyMapsAndLists() {
    assertEquals(
        "a: {}\n",
        YamlText.of(Node.single("a", Location.NONE, new Node.Mapping(Location.NONE, List.of()))));
    assertEquals(
        "a: []\n",
        YamlText.of(Node.single("a", Location.NONE, new Node.Sequence(Location.NONE, List.of()))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "no", "a: b", "# x", "'", "\"", "\\", "a\nb\n", "\t", "é😀", "- a", "*a", "%"
      })
  void textsReadBackAsTheyWere(String text) {
    Node.Mapping document = Node.single("a key: \"", Location.NONE, scalar(text, true));

    Problems problems = new Problems();
    Node.Mapping back =
        (Node.Mapping)
            new StrictYaml(problems).read("a.yaml", YamlText.of(document).getBytes(UTF_8));

    assertEquals(List.of(), problems.sorted());
    assertEquals(document.keys(), back.keys());
    assertEquals(text, ((Node.Scalar) back.entries().get(0).value()).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "no", "a: b", "# x", "'", "a\nb\n", "a, b", "[a]", "{a: b}", "}", "?"})
  void textsOnALineWithOthersReadBackAsTheyWere(String text) {
    Node.Mapping inner =
        new Node.Mapping(
            Location.NONE,
            List.of(
                new Node.Entry("first, key", Location.NONE, scalar(text, true)),
                new Node.Entry("second", Location.NONE, Node.of(List.of(1, text)))));
    Node.Mapping document =
        Node.single(
            "model",
            Location.NONE,
            Node.single("layers", Location.NONE, Node.of(List.of(Map.of("LSTM", inner)))));

    Problems problems = new Problems();
    String yaml = YamlText.compact(document);
    Node back = new StrictYaml(problems).read("a.yaml", yaml.getBytes(UTF_8));

    assertEquals(List.of(), problems.sorted());
    assertTrue(back.saysTheSameAs(document), yaml);
    assertEquals(3, yaml.lines().count(), yaml);
  }

  @Test
  void writesOneLine() {
    Node.Mapping item =
        new Node.Mapping(
            Location.NONE,
            List.of(
                new Node.Entry("LSTM", Location.NONE, Node.of(Map.of("units", 4))),
                new Node.Entry("from", Location.NONE, Node.of(List.of("a", "b: c")))));

    assertEquals("{LSTM: {units: 4}, from: [\"a\", \"b: c\"]}", YamlText.line(item));
    assertEquals("tanh", YamlText.line(scalar("tanh", false)));
  }

  @Test
  void refusesDocumentsWithMistakes() {
    assertThrows(
        IllegalArgumentException.class, () -> YamlText.of(new Node.Invalid(Location.NONE)));
  }
}
