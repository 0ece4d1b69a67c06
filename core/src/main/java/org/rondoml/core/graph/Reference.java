package org.rondoml.core.graph;

import org.jspecify.annotations.Nullable;

/**
 * What a layer or the model takes of another layer: {@code encoder} for all that it puts out,
 * {@code encoder/1} for its second output, such as a last state. Names of layers have no slash.
 *
 * @param layer the name of the other layer
 * @param output which of its outputs; null for all
 * @param text the reference as it is written
 */
public record Reference(String layer, @Nullable Integer output, String text) {
  /** Reads a reference; what is none is taken for a name that no layer has. */
  public static Reference of(String text) {
    int slash = text.lastIndexOf('/');
    String number = text.substring(slash + 1);
    return slash > 0 && number.matches("[0-9]{1,4}")
        ? new Reference(text.substring(0, slash), Integer.valueOf(number), text)
        : new Reference(text, null, text);
  }

  /** What is wrong with taking an output of a layer that has so many; null where nothing is. */
  @Nullable String mistake(int outputs) {
    Integer wanted = output;
    return wanted == null || wanted < outputs
        ? null
        : "'"
            + text
            + "' is no output: '"
            + layer
            + "' puts out "
            + (outputs == 1
                ? "one array, '" + layer + "/0'"
                : outputs + " arrays, '" + layer + "/0' to '" + layer + "/" + (outputs - 1) + "'")
            + "; last states are outputs with return_state: true";
  }
}
