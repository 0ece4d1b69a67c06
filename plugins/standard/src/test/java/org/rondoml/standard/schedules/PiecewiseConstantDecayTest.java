package org.rondoml.standard.schedules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.core.spi.ConfigException;

/**
 * Rates by {@code keras.optimizers.schedules} of Keras 3.15 and of tf_keras, which agree, within a
 * {@code tf.function} as in training.
 */
class PiecewiseConstantDecayTest {
  /** {@code PiecewiseConstantDecay(boundaries=[3, 7, 12], values=[0.1, 0.05, 0.013, 0.001])}. */
  @Test
  void first() {
    Rates.check(
        "PiecewiseConstantDecay",
        Map.of("boundaries", List.of(3, 7, 12), "values", List.of(0.1, 0.05, 0.013, 0.001)),
        0,
        0.10000000149011612,
        3,
        0.10000000149011612,
        4,
        0.05000000074505806,
        7,
        0.05000000074505806,
        8,
        0.013000000268220901,
        12,
        0.013000000268220901,
        13,
        0.0010000000474974513,
        99,
        0.0010000000474974513);
  }

  @Test
  void refusesListsThatDoNotFit() {
    ConfigException error =
        assertThrows(
            ConfigException.class,
            () -> new PiecewiseConstantDecay.Config(List.of(1L, 2L), List.of(0.1, 0.2), null));
    assertEquals("values", error.key());
    assertEquals(
        "found 2 values for 2 boundaries, expected one more than boundaries", error.getMessage());
  }

  @Test
  void refusesBoundariesThatDoNotRise() {
    ConfigException error =
        assertThrows(
            ConfigException.class,
            () -> new PiecewiseConstantDecay.Config(List.of(5L, 5L), List.of(0.1, 0.2, 0.3), null));
    assertEquals("boundaries", error.key());
    assertEquals("found 5 after 5, expected rising steps", error.getMessage());
  }
}
