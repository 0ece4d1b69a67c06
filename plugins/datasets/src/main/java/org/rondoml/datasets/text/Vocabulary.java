package org.rondoml.datasets.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that have numbers, as Keras' TextVectorization numbers them: 0 is padding, 1 any
 * unknown token, and from 2 on they follow in the order of how often they come, of two that come
 * equally often the one later in the alphabet first.
 *
 * <p>Source: {@code finalize_state} in {@code keras/src/layers/preprocessing/index_lookup.py}.
 */
final class Vocabulary {
  /** What fills samples. */
  static final String PADDING = "";

  /** What stands for all tokens that have no number. */
  static final String UNKNOWN = "[UNK]";

  /** The two that stand for no text. */
  static final List<String> RESERVED = List.of(PADDING, UNKNOWN);

  private static final int NUMBER_OF_UNKNOWN = RESERVED.indexOf(UNKNOWN);

  private final List<String> tokens;
  private final Map<String, Integer> numbers = new HashMap<>();

  private Vocabulary(List<String> tokens) {
    this.tokens = List.copyOf(tokens);
    this.tokens.forEach(token -> numbers.put(token, numbers.size()));
  }

  /** The vocabulary that {@link #tokens} told. */
  static Vocabulary of(List<String> tokens) {
    return new Vocabulary(tokens);
  }

  /** These tokens, besides the two that stand for no text. */
  static Vocabulary listed(List<String> tokens) {
    List<String> all = new ArrayList<>(RESERVED);
    all.addAll(tokens);
    return new Vocabulary(all);
  }

  /**
   * What the first tokens of a text have.
   *
   * @param maxTokens how many there are at most, with the two that stand for no text; null for all
   */
  static Vocabulary learned(TokenSequence text, int first, @Nullable Integer maxTokens) {
    int[] counts = text.counts(first);
    Comparator<byte[]> alphabet = Arrays::compareUnsigned;
    List<String> sorted =
        IntStream.range(0, counts.length)
            .filter(place -> counts[place] > 0)
            .filter(place -> !RESERVED.contains(text.different().get(place)))
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(place -> counts[place])
                    .thenComparing(place -> utf8(text.different().get(place)), alphabet)
                    .reversed())
            .limit(maxTokens == null ? Integer.MAX_VALUE : maxTokens - RESERVED.size())
            .map(place -> text.different().get(place))
            .toList();
    return listed(sorted);
  }

  private static byte[] utf8(String token) {
    return token.getBytes(StandardCharsets.UTF_8);
  }

  /** All, each at the place of its number. */
  List<String> tokens() {
    return tokens;
  }

  /** The numbers of a text's tokens. */
  int[] numbersOf(TokenSequence text) {
    return text.mapped(
        text.different().stream()
            .mapToInt(token -> numbers.getOrDefault(token, NUMBER_OF_UNKNOWN))
            .toArray());
  }

  /** Whether a number is that of unknown tokens. */
  static boolean isUnknown(int number) {
    return number == NUMBER_OF_UNKNOWN;
  }
}
