package org.rondoml.api;

import java.util.Locale;

/** Whose defaults and arithmetic a model has: one of three generations of Keras. */
public enum Semantics {
  /** Keras inside TensorFlow 1.13 to 2.0, with its version 1 layers. */
  TF1,
  /** Keras 2 inside TensorFlow 2, living on as tf_keras. */
  TF2,
  /** Keras 3, the default. */
  KERAS3;

  /** The name in a model file: {@code tf1}, {@code tf2} or {@code keras3}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
