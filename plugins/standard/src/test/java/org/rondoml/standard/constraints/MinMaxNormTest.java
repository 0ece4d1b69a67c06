package org.rondoml.standard.constraints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.core.spi.ConfigException;

/** Values by {@code keras.constraints} of Keras 3.15 and tf_keras, which agree, in float64. */
class MinMaxNormTest {
  /** {@code MinMaxNorm(1.2,1.3)}. */
  @Test
  void ofColumns() {
    Constrained.check(
        "MinMaxNorm",
        Map.of("min_value", 1.2, "max_value", 1.3),
        Constrained.matrix(),
        0.9999999200000064,
        -0.315296297253116,
        0.29104272180830815,
        0.7499999400000048,
        1.261185189012464,
        -1.1641708872332326);
  }

  /** {@code MinMaxNorm(1.2,1.3,rate=0.25,axis=1)}. */
  @Test
  void ofRowsBitByBit() {
    Constrained.check(
        "MinMaxNorm",
        Map.of("min_value", 1.2, "max_value", 1.3, "rate", 0.25, "axis", 1),
        Constrained.matrix(),
        1.0118613799606886,
        -0.5059306899803443,
        0.25296534499017215,
        0.6658497650686467,
        1.775599373516391,
        -0.8877996867581955);
  }

  @Test
  void leavesAloneWhatHolds() {
    Constrained.checkIdempotent("MinMaxNorm", Map.of("min_value", 0.5), Constrained.matrices());
  }

  @Test
  void refusesAMinimumAboveTheMaximum() {
    ConfigException error =
        assertThrows(ConfigException.class, () -> new MinMaxNorm.Config(2, 1, 1, List.of(0)));
    assertEquals("min_value", error.key());
    assertEquals("found 2.0, expected at most max_value, which is 1.0", error.getMessage());
  }
}
