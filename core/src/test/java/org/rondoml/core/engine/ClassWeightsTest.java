package org.rondoml.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.DataException;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.spi.Dataset;

class ClassWeightsTest {
  private static final Map<Integer, Double> WEIGHTS = Map.of(0, 0.1, 1, 2.0);

  private static SampleWeights of(INDArray targets, Semantics semantics) {
    return ClassWeights.of(targets, WEIGHTS, semantics, "data.npz");
  }

  @Test
  void aClassIsANumberOrTheLargestOfARow() {
    INDArray numbers = Nd4j.createFromArray(1.0, 0.0, 1.4);
    INDArray column = numbers.reshape(3, 1);
    INDArray oneHot = Nd4j.createFromArray(new double[][] {{0, 1}, {1, 0}, {0.2, 0.8}});
    for (INDArray targets : List.of(numbers, column, oneHot)) {
      SampleWeights weights = of(targets, Semantics.KERAS3);
      assertEquals(2.0, weights.of(0, 0, 1));
      assertEquals(0.1, weights.of(1, 0, 1));
      assertEquals(2.0, weights.of(2, 0, 1));
    }
  }

  /** {@code tf.convert_to_tensor([0.1, 2.0])} is of single precision. */
  @Test
  void weightsAreOfSinglePrecisionBeforeKeras3() {
    assertEquals((float) 0.1, of(Nd4j.createFromArray(0.0), Semantics.TF2).of(0, 0, 1));
  }

  @Test
  void aClassWithoutAWeightCountsOneInKeras3AndIsRefusedBefore() {
    INDArray two = Nd4j.createFromArray(2.0);
    assertEquals(1, of(two, Semantics.KERAS3).of(0, 0, 1));
    assertEquals(
        "data.npz: class 2 has no weight: class_weight needs one for each class in the data",
        assertThrows(DataException.class, () -> of(two, Semantics.TF2)).getMessage());
  }

  @Test
  void stepsHaveClassesBeforeKeras3() {
    INDArray steps =
        Nd4j.createFromArray(new double[][][] {{{0, 1}, {1, 0}, {0, 1}}, {{1, 0}, {1, 0}, {0, 1}}});
    SampleWeights weights = of(steps, Semantics.TF2);
    assertEquals(2.0, weights.of(0, 2, 3));
    assertEquals((float) 0.1, weights.of(1, 1, 3));
    assertEquals(
        "data.npz: class_weight needs one class a sample, but a sample's target has the shape"
            + " (3, 2): give weights to the steps by sample_weight instead",
        assertThrows(DataException.class, () -> of(steps, Semantics.KERAS3)).getMessage());
  }

  @Test
  void comeOnTopOfSampleWeightsBeforeKeras3() {
    Graph graph = LinearModel.graph(0);
    SampleData weighted =
        SampleData.of(
            new Dataset(
                Map.of("x", Nd4j.ones(2, LinearModel.FEATURES)),
                List.of(Nd4j.createFromArray(new double[][] {{1}, {0}})),
                Nd4j.createFromArray(3.0, 5.0),
                "data.npz"),
            graph,
            Precision.FLOAT64);
    SampleWeights product = weighted.weighClasses(WEIGHTS, Semantics.TF2).weights();
    assertEquals(6, product.of(0, 0, 1));
    assertEquals(5 * (double) (float) 0.1, product.of(1, 0, 1), 1e-15);
    assertEquals(
        "data.npz: has sample_weight already, which Keras 3 doesn't multiply by class_weight: leave"
            + " out one of the two",
        assertThrows(DataException.class, () -> weighted.weighClasses(WEIGHTS, Semantics.KERAS3))
            .getMessage());
  }
}
