package org.rondoml.datasets.text;

import java.util.List;
import java.util.stream.Stream;

/** What a token is. */
public enum Split {
  /** A character, which is a code point of Unicode. */
  CHARACTER("") {
    @Override
    Stream<String> tokens(String text) {
      return text.codePoints().mapToObj(Character::toString);
    }
  },

  /** What stands between spaces, line ends and other white space. */
  WHITESPACE(" ") {
    @Override
    Stream<String> tokens(String text) {
      return Stream.of(text.split("\\s+")).filter(token -> !token.isEmpty());
    }
  };

  private final String separator;

  Split(String separator) {
    this.separator = separator;
  }

  /** The tokens of a text. */
  abstract Stream<String> tokens(String text);

  /** Whether a text is one token. */
  boolean isToken(String text) {
    return tokens(text).toList().equals(List.of(text));
  }

  /** What stands between two tokens. */
  String separator() {
    return separator;
  }
}
