package org.rondoml.standard.constraints;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Values by {@code keras.constraints} of Keras 3.15 and tf_keras, which agree, in float64. */
class NonNegTest {
  /** {@code NonNeg()}. */
  @Test
  void ofAMatrix() {
    Constrained.check("NonNeg", Map.of(), Constrained.matrix(), 1.0, 0.0, 0.25, 0.75, 2.0, 0.0);
  }

  @Test
  void leavesAloneWhatHolds() {
    Constrained.checkIdempotent("NonNeg", Map.of(), Constrained.matrices());
  }

  /** More elements than are taken at a time, and a rest. */
  @Test
  void ofManyElements() {
    INDArray many = Nd4j.arange(-1500, 1500).castTo(DataType.DOUBLE);
    double[] expected = new double[3000];
    for (int i = 1500; i < 3000; i++) {
      expected[i] = i - 1500;
    }
    Constrained.check("NonNeg", Map.of(), many, expected);
  }
}
