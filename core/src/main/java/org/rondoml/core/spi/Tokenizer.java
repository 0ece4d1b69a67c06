package org.rondoml.core.spi;

import java.util.List;

/**
 * How text and the numbers of a model belong together: what a source reads text with, so that a
 * text can be continued by a model that was trained on it.
 */
public interface Tokenizer {
  /** All tokens, each at the place of its number. */
  List<String> vocabulary();

  /** How many tokens, from number 0, stand for no text, such as those for padding and unknown. */
  int reserved();

  /** The number that fills what is left of a sample. */
  int padding();

  /** The tokens of a text, as the source reads it, known or not. */
  List<String> split(String text);

  /** What stands between two tokens in a text. */
  String separator();
}
