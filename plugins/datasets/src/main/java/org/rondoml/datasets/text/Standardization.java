package org.rondoml.datasets.text;

/** What is done to a text before it is cut into tokens. */
public enum Standardization {
  /** The letters A to Z become small. */
  LOWER(true, false),
  /** Punctuation is left out. */
  STRIP_PUNCTUATION(false, true),
  /** Both. */
  LOWER_AND_STRIP_PUNCTUATION(true, true);

  /** Keras' DEFAULT_STRIP_REGEX. */
  private static final String PUNCTUATION = "!\"#$%&()*+,-./:;<=>?@[\\]^_`{|}~'";

  private final boolean lower;
  private final boolean strip;

  Standardization(boolean lower, boolean strip) {
    this.lower = lower;
    this.strip = strip;
  }

  /** The text as it is read. */
  String of(String text) {
    StringBuilder read = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (strip && PUNCTUATION.indexOf(c) >= 0) {
        continue;
      }
      // tf.strings.lower, which Keras calls, leaves letters beyond ASCII as they are.
      read.append(lower && c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c);
    }
    return read.toString();
  }
}
