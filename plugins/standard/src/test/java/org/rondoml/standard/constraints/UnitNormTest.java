package org.rondoml.standard.constraints;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Values by {@code keras.constraints} of Keras 3.15 and tf_keras, which agree, in float64. */
class UnitNormTest {
  /** {@code UnitNorm()}. */
  @Test
  void ofColumns() {
    Constrained.check(
        "UnitNorm",
        Map.of(),
        Constrained.matrix(),
        0.7999999360000051,
        -0.24253561327162768,
        0.24253560150692346,
        0.5999999520000038,
        0.9701424530865107,
        -0.9701424060276939);
  }

  /** {@code UnitNorm(axis=-1)}. */
  @Test
  void ofRows() {
    Constrained.check(
        "UnitNorm",
        Map.of("axis", -1),
        Constrained.matrix(),
        0.8728714847535,
        -0.43643574237675,
        0.218217871188375,
        0.31799935051876255,
        0.8479982680500334,
        -0.4239991340250167);
  }

  /** {@code UnitNorm()}. */
  @Test
  void ofAVector() {
    Constrained.check(
        "UnitNorm",
        Map.of(),
        Constrained.matrix().getRow(1),
        0.31799935051876255,
        0.8479982680500334,
        -0.4239991340250167);
  }

  @Test
  void leavesAloneWhatHolds() {
    Constrained.checkIdempotent("UnitNorm", Map.of(), Constrained.matrices());
  }
}
