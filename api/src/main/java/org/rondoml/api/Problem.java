package org.rondoml.api;

import org.jspecify.annotations.Nullable;

/**
 * One mistake in a model file.
 *
 * @param file the file, or {@code --set} for a value of the command line
 * @param line the line, from 1; 0 where the mistake has no place
 * @param column the column, from 1; 0 where the mistake has no place
 * @param path the place in the document, such as {@code model.layers[1].LSTM.unitz}
 * @param message what was found, what was expected, and the cure
 * @param severity whether the file can be used all the same
 */
public record Problem(
    @Nullable String file, int line, int column, String path, String message, Severity severity) {

  /** How bad a problem is. */
  public enum Severity {
    /** The file cannot be used. */
    ERROR,
    /** The file can be used, but hardly does what its author wants. */
    WARNING
  }

  /** {@code model.yaml:12:9: model.layers[1].LSTM.unitz: unknown key (did you mean 'units'?)}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (file != null) {
      text.append(file).append(':');
      if (line > 0) {
        text.append(line).append(':').append(column).append(':');
      }
      text.append(' ');
    }
    if (severity == Severity.WARNING) {
      text.append("warning: ");
    }
    if (!path.isEmpty()) {
      text.append(path).append(": ");
    }
    return text.append(message).toString();
  }
}
