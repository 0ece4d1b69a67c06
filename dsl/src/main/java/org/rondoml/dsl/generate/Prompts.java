package org.rondoml.dsl.generate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.rondoml.api.UsageException;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.spi.Tokenizer;

/** Texts to continue, as the numbers of their tokens. */
public final class Prompts {
  private static final int SHOWN = 10;

  private final Tokenizer tokenizer;

  /** The tokens that stand for text: the only ones that a prompt may have. */
  private final List<String> tokens;

  private final Map<String, Integer> numbers = new HashMap<>();

  /** Texts that are read in this way. */
  public Prompts(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
    List<String> vocabulary = tokenizer.vocabulary();
    this.tokens = vocabulary.subList(tokenizer.reserved(), vocabulary.size());
    for (int i = 0; i < tokens.size(); i++) {
      numbers.put(tokens.get(i), tokenizer.reserved() + i);
    }
  }

  /** Whether the text that the model was trained on had a token. */
  public boolean knows(String token) {
    return numbers.containsKey(token);
  }

  /** Any of the tokens. */
  public String drawn(RandomStream random) {
    return tokens.get(Math.toIntExact(random.derive("start").nextBelow(tokens.size())));
  }

  /**
   * The numbers of a text's tokens, one at least.
   *
   * @throws UsageException where it has none, or such as the model doesn't know
   */
  public int[] numbers(String text) {
    List<String> found = tokenizer.split(text);
    if (found.isEmpty()) {
      throw new UsageException(
          "--prompt: has no tokens in it; give it text to continue, or leave it out");
    }
    List<String> unknown = found.stream().filter(token -> !knows(token)).distinct().toList();
    if (!unknown.isEmpty()) {
      throw new UsageException(
          "--prompt: the text that the model was trained on has no "
              + shown(unknown)
              + "; it has "
              + shown(tokens));
    }
    return found.stream().mapToInt(numbers::get).toArray();
  }

  private static String shown(List<String> tokens) {
    String first =
        tokens.stream()
            .limit(SHOWN)
            .map(token -> "'" + token.replace("\n", "\\n") + "'")
            .collect(Collectors.joining(", "));
    return tokens.size() > SHOWN ? first + " and " + (tokens.size() - SHOWN) + " more" : first;
  }
}
