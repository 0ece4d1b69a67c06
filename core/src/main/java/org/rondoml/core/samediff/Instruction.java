package org.rondoml.core.samediff;

import java.util.List;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An operation with the memory that it reads and writes.
 *
 * @param operation what is computed
 * @param context holds inputs, outputs and arguments for the native call
 * @param inputs what it reads
 * @param outputs what it writes
 */
record Instruction(
    DifferentialFunction operation,
    OpContext context,
    List<INDArray> inputs,
    List<INDArray> outputs) {
  /** An operation that was just run, with a context of its own. */
  static Instruction of(DifferentialFunction operation, OpContext ran) {
    OpContext own = Nd4j.getExecutioner().buildContext();
    List<INDArray> inputs = List.copyOf(ran.getInputArrays());
    List<INDArray> outputs = List.copyOf(ran.getOutputArrays());
    own.setInputArrays(inputs);
    own.setOutputArrays(outputs);
    if (operation instanceof CustomOp custom) {
      own.setIArguments(custom.iArgs());
      own.setTArguments(custom.tArgs());
      own.setBArguments(custom.bArgs());
      own.setDArguments(custom.dArgs());
    }
    return new Instruction(operation, own, inputs, outputs);
  }

  void run() {
    if (operation instanceof CustomOp custom) {
      Nd4j.getExecutioner().exec(custom, context);
    } else {
      Nd4j.getExecutioner().exec((Op) operation, context);
    }
  }
}
