package org.rondoml.standard.schedules;

/**
 * The rounding of learning rates. Keras computes a schedule in single precision, whatever the
 * model's. TensorFlow, before it does, rewrites what it is to compute: a division by a constant
 * becomes a product, and constants of a product are multiplied first. A learning rate is then off
 * by a unit in its last place, and staircases may be off by a step; so whoever compares with Keras
 * to more than seven digits needs the same order. The schedules' code has it, measured with
 * TensorFlow 2.21 at many keys and steps.
 */
final class Graph32 {
  static final float PI = (float) Math.PI;

  private Graph32() {}

  static float pow(float base, float exponent) {
    return (float) Math.pow(base, exponent);
  }

  static float cos(float angle) {
    return (float) Math.cos(angle);
  }

  static float log(float x) {
    return (float) Math.log(x);
  }

  static float floor(float x) {
    return (float) Math.floor(x);
  }

  static float ceil(float x) {
    return (float) Math.ceil(x);
  }
}
