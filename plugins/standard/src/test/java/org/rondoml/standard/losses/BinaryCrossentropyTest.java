package org.rondoml.standard.losses;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Activation.Link;
import org.rondoml.core.spi.Loss;

/**
 * {@code keras.losses.binary_crossentropy} of Keras 3.15 and tf_keras 2.21, values and gradients in
 * float64.
 */
class BinaryCrossentropyTest {

  @Test
  void fromProbabilities() {
    Rows.check(
        new BinaryCrossentropy(new BinaryCrossentropy.Config(false, 0), Semantics.KERAS3),
        Rows.of(1, 0, 1, 0),
        Rows.of(0.9, 0.2, 0, 1),
        8.141173842353759,
        Rows.of(-0.2777777777777778, 0.3125, 0.0, 0.0));
  }

  @Test
  void fromProbabilitiesBeforeKeras3() {
    Rows.check(
        new BinaryCrossentropy(new BinaryCrossentropy.Config(false, 0), Semantics.TF2),
        Rows.of(1, 0, 1, 0),
        Rows.of(0.9, 0.2, 0, 1),
        7.794600192980217,
        Rows.of(-0.2777777469135837, 0.3124999609375049, 0.0, 0.0));
  }

  @Test
  void withLabelSmoothing() {
    Rows.check(
        new BinaryCrossentropy(new BinaryCrossentropy.Config(false, 0.2), Semantics.KERAS3),
        Rows.of(1, 0, 1, 0),
        Rows.of(0.9, 0.2, 0.4, 0.7),
        0.6704608000420503,
        Rows.of(0.0, 0.15625, -0.5208333333333334, 0.7142857142857143));
  }

  @Test
  void withLabelSmoothingBeforeKeras3() {
    Rows.check(
        new BinaryCrossentropy(new BinaryCrossentropy.Config(false, 0.2), Semantics.TF1),
        Rows.of(1, 0, 1, 0),
        Rows.of(0.9, 0.2, 0.4, 0.7),
        0.670460570428994,
        Rows.of(
            -2.2222197534893517e-07, 0.15625002734372317, -0.5208331996528117, 0.7142854693878375));
  }

  @Test
  void fromLogits() {
    Rows.check(
        new BinaryCrossentropy(new BinaryCrossentropy.Config(true, 0), Semantics.KERAS3),
        Rows.of(1, 0, 1, 0),
        Rows.of(2, -1, -30, 0.3),
        7.823636235757454,
        Rows.of(
            -0.029800730505529387, 0.06723535534249878, -0.2499999999999766, 0.14361062920291473));
  }

  @Test
  void startsFromLogitsWhereTheActivationLeavesThem() {
    for (Semantics semantics : Semantics.values()) {
      Loss loss = new BinaryCrossentropy(new BinaryCrossentropy.Config(false, 0), semantics);
      assertTrue(loss.fromLogits(Link.SIGMOID).isPresent());
      assertTrue(loss.fromLogits(Link.SOFTMAX).isPresent());
      assertTrue(loss.fromLogits(Link.OTHER).isEmpty());
    }
  }
}
