package org.rondoml.standard.optimizers;

import org.rondoml.api.Semantics;

/**
 * The rounding of an optimizer's keys to 32 bits. Keras does it in a model of 64 bits, too: the
 * optimizers before Keras 3 keep their keys in variables of float32; Keras 3 makes float32 tensors
 * of a few, such as momentum. It shows in the eighth digit of the weights, or in the fifth of 1 -
 * beta_2, so whoever compares with Keras needs it.
 */
final class Float32 {
  private final boolean isLegacy;

  Float32(Semantics semantics) {
    isLegacy = semantics != Semantics.KERAS3;
  }

  /** Whether it is the rounding of the optimizers before Keras 3. */
  boolean isLegacy() {
    return isLegacy;
  }

  /** A key that every generation rounds. */
  static double of(double key) {
    return (float) key;
  }

  /** A key that Keras 3 alone rounds. */
  double keras3(double key) {
    return isLegacy ? key : (float) key;
  }

  /** A key that the optimizers before Keras 3 round. */
  double legacy(double key) {
    return isLegacy ? (float) key : key;
  }
}
