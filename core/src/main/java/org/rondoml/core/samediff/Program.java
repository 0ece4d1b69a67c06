package org.rondoml.core.samediff;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.LayerDefectException;
import org.rondoml.core.spi.Mask;

/**
 * An equation as lists of operations on fixed memory, for one layer on one shard. SameDiff itself
 * finds out at every run what to run, computes the forward pass once more for the gradients, and
 * takes memory that only the garbage collector gives back; so it is asked once, by the {@link
 * Compiler}, and what it ran is run again.
 *
 * @param layer whose equation it is
 * @param training whether it is for training
 * @param terms what comes in
 * @param output what forward computes
 * @param outputGradient where the gradient of the output is put
 * @param forward what computes the output
 * @param backward what computes the gradients after that
 * @param inputGradients for each input its gradient; zeros where none is needed
 * @param parameterGradients the gradients of parameters by name
 */
record Program(
    SameDiffLayer layer,
    boolean training,
    Terms terms,
    INDArray output,
    INDArray outputGradient,
    List<Instruction> forward,
    List<Instruction> backward,
    List<INDArray> inputGradients,
    Map<String, INDArray> parameterGradients) {
  /** Whether the program is for what comes in. */
  boolean fits(LayerContext context, List<INDArray> inputs, List<? extends @Nullable Mask> masks) {
    return training == context.training() && terms.fit(inputs, masks);
  }

  INDArray forward(
      LayerContext context, List<INDArray> inputs, List<? extends @Nullable Mask> masks) {
    terms.fill(context, inputs, masks);
    run(forward);
    return output;
  }

  List<INDArray> backward(LayerContext context, INDArray gradient) {
    outputGradient.assign(gradient);
    run(backward);
    parameterGradients.forEach((name, added) -> context.gradient(name).array().addi(added));
    return inputGradients;
  }

  /**
   * Runs operations.
   *
   * @throws LayerDefectException where one fails
   */
  private void run(List<Instruction> instructions) {
    for (Instruction instruction : instructions) {
      try {
        instruction.run();
      } catch (RuntimeException e) {
        throw layer.defect(
            "the operation "
                + instruction.operation().opName()
                + " of its equation fails: "
                + e.getMessage(),
            e);
      }
    }
  }
}
