package org.rondoml.core.engine;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Applies an optimizer's rule to all parameters, and keeps its slots. */
interface Updates {
  /**
   * One update.
   *
   * @param iteration updates done before this one
   * @param learningRate the rate of this update
   * @param decay the share of each weight that is taken away before
   * @param tables the gradients of tables whose rows are updated each by itself; the same at every
   *     step
   */
  void apply(
      long iteration,
      double learningRate,
      double decay,
      List<TableGradient> tables,
      StepTimes times);

  /** The optimizer's memory, in a fixed order. */
  List<INDArray> slots();
}
