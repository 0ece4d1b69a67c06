package org.rondoml.datasets.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The tokens of a text, in its order. */
final class TokenSequence {
  private final int[] places;
  private final List<String> different;

  private TokenSequence(int[] places, List<String> different) {
    this.places = places;
    this.different = List.copyOf(different);
  }

  /** A sequence. */
  static TokenSequence of(Stream<String> tokens) {
    Map<String, Integer> known = new HashMap<>();
    List<String> different = new ArrayList<>();
    int[] places =
        tokens
            .mapToInt(
                token ->
                    known.computeIfAbsent(
                        token,
                        t -> {
                          different.add(t);
                          return different.size() - 1;
                        }))
            .toArray();
    return new TokenSequence(places, different);
  }

  /** How many tokens there are. */
  int size() {
    return places.length;
  }

  /** All tokens that are different from each other, in the order of appearance. */
  List<String> different() {
    return different;
  }

  /** The tokens, one after another. */
  List<String> tokens() {
    return Arrays.stream(places).mapToObj(different::get).toList();
  }

  /** How often each of the different tokens is among the first ones. */
  int[] counts(int first) {
    int[] counts = new int[different.size()];
    for (int i = 0; i < first; i++) {
      counts[places[i]]++;
    }
    return counts;
  }

  /**
   * A number for each token.
   *
   * @param numbers those of the different ones
   */
  int[] mapped(int[] numbers) {
    return Arrays.stream(places).map(place -> numbers[place]).toArray();
  }
}
