package org.rondoml.keras.model;

import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.config.Node;

/**
 * Which generation of Keras wrote a file. Keras 3 leaves its version out of a model's JSON, all
 * before it write {@code keras_version}: {@code 2.1.6-tf} to {@code 2.2.4-tf} came with TensorFlow
 * 1 (the last also with 2.0 and 2.1), and up to {@code 2.3.1} without {@code -tf} Keras was a
 * package of its own, with the defaults of TensorFlow 1. All arguments stand in the file, so the
 * choice decides about optimizers and logs, not about what the layers compute.
 */
final class Generation {
  private Generation() {}

  /**
   * The generation.
   *
   * @param root the model
   * @param version the version where it stands in another file, or null
   */
  static Semantics of(Node root, @Nullable String version) {
    String found =
        version != null
            ? version
            : root instanceof Node.Mapping model
                    && model.get("keras_version") instanceof Node.Scalar written
                ? written.text()
                : "3";
    if (!found.matches("[012]\\..*")) {
      return Semantics.KERAS3;
    }
    return found.matches("(0|1|2\\.[0-2])\\..*|2\\.3\\.[01]") ? Semantics.TF1 : Semantics.TF2;
  }

  /** The version that a file written for a generation has. */
  static String version(Semantics semantics) {
    return semantics == Semantics.TF1 ? "2.2.4-tf" : "2.15.0";
  }
}
