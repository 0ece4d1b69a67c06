package org.rondoml.core.spi;

/**
 * A config record's compact constructor throws this where keys contradict each other. The reader
 * adds file, line and column.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String key;

  /**
   * A contradiction.
   *
   * @param key the YAML key to point at, {@code recurrent_dropout}; empty for the component as a
   *     whole
   * @param message what was found, what was expected, and the cure
   */
  public ConfigException(String key, String message) {
    super(message);
    this.key = key;
  }

  /** The YAML key to point at; empty for the component as a whole. */
  public String key() {
    return key;
  }
}
