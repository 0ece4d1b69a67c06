package org.rondoml.dsl.starter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What templates say of models that are no networks, which a network has to be measured by: tables
 * of what comes most often, counted from the training part and tried on the validation part.
 */
class TemplateBaselinesTest {
  /** How often each thing came in each situation. */
  private static final class Table {
    private final Map<List<String>, Map<String, Integer>> counts = new HashMap<>();

    void count(List<String> situation, String thing) {
      counts.computeIfAbsent(situation, s -> new LinkedHashMap<>()).merge(thing, 1, Integer::sum);
    }

    boolean knows(List<String> situation) {
      return counts.containsKey(situation);
    }

    /** What came most often; of two things the one that came first. */
    String commonest(List<String> situation) {
      Map<String, Integer> found = Objects.requireNonNull(counts.get(situation));
      return Collections.max(found.entrySet(), Comparator.comparingInt(Map.Entry::getValue))
          .getKey();
    }
  }

  private static String data(Template template) {
    return new String(template.bytes(template.dataFile().orElseThrow()), StandardCharsets.UTF_8);
  }

  /** The comments of a template in one line. */
  private static String comments(Template template) {
    StringBuilder all = new StringBuilder();
    template
        .text()
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("#"))
        .forEach(line -> all.append(line.substring(1).strip()).append(' '));
    return all.toString();
  }

  private static long percent(IntStream tried, IntPredicate right) {
    int[] all = tried.toArray();
    return Math.round(100.0 * Arrays.stream(all).filter(right).count() / all.length);
  }

  /**
   * How often the token after the last few is what came most often after them, or where they never
   * came, after fewer; in percent of the targets of the validation windows.
   */
  private static long afterTheLast(int few, List<String> tokens, int window) {
    int training = (int) Math.floor(tokens.size() * (1 - 0.1));
    List<Table> tables = new ArrayList<>();
    for (int length = 0; length <= few; length++) {
      Table table = new Table();
      for (int i = length; i < training; i++) {
        table.count(tokens.subList(i - length, i), tokens.get(i));
      }
      tables.add(table);
    }
    List<String> part = tokens.subList(training, tokens.size());
    int targets = (part.size() - 1) / window * window;
    return percent(
        IntStream.rangeClosed(1, targets),
        i -> {
          int length = Math.min(few, i);
          while (!tables.get(length).knows(part.subList(i - length, i))) {
            length--;
          }
          return tables.get(length).commonest(part.subList(i - length, i)).equals(part.get(i));
        });
  }

  private static void assertTold(Template template, List<String> tokens, int window) {
    String told =
        " is right in %d %%; a table of what comes most often after the last token in %d %%, after"
            + " the last 3 in %d %%, after the last 5 in %d %%.";
    String expected =
        told.formatted(
            afterTheLast(0, tokens, window),
            afterTheLast(1, tokens, window),
            afterTheLast(3, tokens, window),
            afterTheLast(5, tokens, window));
    assertTrue(comments(template).contains(expected), expected);
  }

  @Test
  void letters() {
    assertTold(Template.LETTERS, List.of(data(Template.LETTERS).split("")), 100);
  }

  @Test
  void generator() {
    assertTold(Template.GENERATOR, List.of(data(Template.GENERATOR).strip().split("\\s+")), 64);
  }

  @Test
  void labeller() {
    List<String[]> notes =
        data(Template.LABELLER).lines().skip(1).map(line -> line.split(",")).toList();
    List<String> tunes = notes.stream().map(note -> note[0]).distinct().toList();
    assertEquals(266, tunes.size());
    int trained = (int) Math.floor(tunes.size() * (1 - 0.2));
    List<String> training = tunes.subList(0, trained);
    Table all = new Table();
    Table byPitch = new Table();
    for (String[] note : notes) {
      if (training.contains(note[0])) {
        all.count(List.of(), note[2]);
        byPitch.count(List.of(note[1]), note[2]);
      }
    }
    List<String[]> others = notes.stream().filter(note -> !training.contains(note[0])).toList();
    assertEquals("do", all.commonest(List.of()));
    String expected =
        "To say do of all is right for %d %% of them, and to say of each pitch what it most often is, for %d %%."
            .formatted(
                percent(IntStream.range(0, others.size()), i -> others.get(i)[2].equals("do")),
                percent(
                    IntStream.range(0, others.size()),
                    i ->
                        byPitch.knows(List.of(others.get(i)[1]))
                            && byPitch
                                .commonest(List.of(others.get(i)[1]))
                                .equals(others.get(i)[2])));
    assertTrue(comments(Template.LABELLER).contains(expected), expected);
  }
}
