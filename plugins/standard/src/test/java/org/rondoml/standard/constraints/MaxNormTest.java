package org.rondoml.standard.constraints;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Constraint;
import org.rondoml.core.spi.ShapeMismatchException;

/** Values by {@code keras.constraints} of Keras 3.15 and tf_keras, which agree, in float64. */
class MaxNormTest {
  /** {@code MaxNorm(0.7)}. */
  @Test
  void ofColumns() {
    Constrained.check(
        "MaxNorm",
        Map.of("max_value", 0.7),
        Constrained.matrix(),
        0.5599999552000036,
        -0.16977492929013938,
        0.16977492105484643,
        0.4199999664000027,
        0.6790997171605575,
        -0.6790996842193857);
  }

  /** {@code MaxNorm(0.7,axis=1)}. */
  @Test
  void ofRows() {
    Constrained.check(
        "MaxNorm",
        Map.of("max_value", 0.7, "axis", 1),
        Constrained.matrix(),
        0.6110100393274499,
        -0.30550501966372495,
        0.15275250983186248,
        0.22259954536313376,
        0.5935987876350234,
        -0.2967993938175117);
  }

  /** {@code MaxNorm(2,axis=[0,1])}. */
  @Test
  void ofTheWhole() {
    Constrained.check(
        "MaxNorm",
        Map.of("axis", List.of(0, 1)),
        Constrained.matrix(),
        0.7627700423055659,
        -0.38138502115278294,
        0.19069251057639147,
        0.5720775317291744,
        1.5255400846111318,
        -0.7627700423055659);
  }

  /** {@code MaxNorm(1.2,axis=[0,1])}. */
  @Test
  void alongTwoAxesOfThree() {
    Constrained.check(
        "MaxNorm",
        Map.of("max_value", 1.2, "axis", List.of(0, 1)),
        Constrained.matrices(),
        0.6137725717520116,
        -0.28159393946250083,
        0.24393466861981333,
        0.46032942881400873,
        1.1263757578500033,
        -0.9757386744792533,
        0.061377257175201164,
        0.11263757578500033,
        -0.292721602343776,
        -0.9206588576280175,
        0.28159393946250083,
        0.585443204687552);
  }

  /** {@code MaxNorm(1.2,axis=-1)}. */
  @Test
  void alongTheLastAxisOfThree() {
    Constrained.check(
        "MaxNorm",
        Map.of("max_value", 1.2, "axis", -1),
        Constrained.matrices(),
        0.9999999127128515,
        -0.49999995635642575,
        0.24999997817821287,
        0.38159922062251506,
        1.0175979216600402,
        -0.5087989608300201,
        0.09999997327388295,
        0.1999999465477659,
        -0.2999999198216488,
        -1.0643622498432894,
        0.3547874166144298,
        0.42574489993731574);
  }

  /** {@code MaxNorm(1.2,axis=1)}. */
  @Test
  void alongTheMiddleAxisOfThree() {
    Constrained.check(
        "MaxNorm",
        Map.of("max_value", 1.2, "axis", 1),
        Constrained.matrices(),
        0.959999923200006,
        -0.2910427359259532,
        0.24999997574643984,
        0.7199999424000045,
        1.1641709437038128,
        -0.9999999029857594,
        0.07982280731879456,
        0.1999999628609393,
        -0.29999995527864715,
        -1.1973421097819184,
        0.4999999071523482,
        0.5999999105572943);
  }

  /** {@code MaxNorm(1.2,axis=0)}. */
  @Test
  void alongTheFirstAxisOfThree() {
    Constrained.check(
        "MaxNorm",
        Map.of("max_value", 1.2, "axis", 0),
        Constrained.matrices(),
        0.9999999004962908,
        -0.4999999071523482,
        0.24999993598157644,
        0.5366562825999514,
        1.1641709437038128,
        -0.9999999142507148,
        0.09999999004962909,
        0.1999999628609393,
        -0.2999999231778917,
        -1.0733125651999027,
        0.2910427359259532,
        0.5999999485504288);
  }

  @Test
  void leavesAloneWhatHolds() {
    Constrained.checkIdempotent("MaxNorm", Map.of("max_value", 0.7), Constrained.matrices());
  }

  @Test
  void refusesAnAxisThatThereIsNot() {
    Constraint constraint = Constrained.constraint("max_norm", Map.of("axis", List.of(-1, 2)));
    assertEquals(
        "the constraint's axis is 2, but the parameter of shape (3, 4) has axes 0 to 1",
        assertThrows(ShapeMismatchException.class, () -> constraint.check(Shape.of(3, 4)))
            .getMessage());
    Constraint twice = Constrained.constraint("max_norm", Map.of("axis", List.of(-1, 1)));
    assertEquals(
        "the constraint's axes [-1, 1] name one of a parameter of shape (3, 4) twice: name each once",
        assertThrows(ShapeMismatchException.class, () -> twice.check(Shape.of(3, 4))).getMessage());
  }
}
