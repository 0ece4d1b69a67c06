package org.rondoml.core.samediff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.config.ExecutionResult;
import org.nd4j.autodiff.samediff.config.SDValue;
import org.nd4j.autodiff.samediff.internal.FrameIter;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.autodiff.samediff.internal.memory.AbstractMemoryMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.impl.transforms.same.Identity;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Has SameDiff run a graph once, and keeps what it ran: every operation, with the memory that it
 * found for it.
 */
final class Recorder extends InferenceSession {
  private final List<Instruction> instructions = new ArrayList<>();

  private Recorder(SameDiff sd) {
    super(sd);
    setMmgr(new OwnMemory());
  }

  /**
   * What a run gave.
   *
   * @param instructions what was run, in order
   * @param results the arrays asked for, by the variable's name
   */
  record Recording(List<Instruction> instructions, Map<String, INDArray> results) {
    /** The array of a variable that was asked for. */
    INDArray result(String variable) {
      INDArray array = results.get(variable);
      if (array == null) {
        throw new IllegalStateException("SameDiff computed no '" + variable + "'");
      }
      return array;
    }
  }

  /**
   * Runs a graph.
   *
   * @param variables the names of the variables to compute
   * @param arrays what to put in for those that nothing computes, by name
   */
  static Recording run(SameDiff sd, List<String> variables, Map<String, INDArray> arrays) {
    Recorder recorder = new Recorder(sd);
    Map<String, INDArray> results =
        recorder.output(
            variables, arrays, null, List.of(), List.of(), At.defaultAt(Operation.INFERENCE));
    return new Recording(recorder.instructions, results);
  }

  /** Tells what an operation was to compute from where it can't, which SameDiff doesn't. */
  @Override
  public Pair<SameDiffOp, OpContext> getAndParameterizeOp(
      String name,
      FrameIter frame,
      @Nullable Set<VarId> inputs,
      @Nullable Set<VarId> allIterations,
      @Nullable Set<String> constants,
      Map<String, INDArray> placeholders,
      Set<String> required,
      Map<String, SDValue> others) {
    try {
      return super.getAndParameterizeOp(
          name, frame, inputs, allIterations, constants, placeholders, required, others);
    } catch (RuntimeException e) {
      throw failure(sameDiff.getOpById(name), frame, e);
    }
  }

  private IllegalArgumentException failure(
      DifferentialFunction operation, FrameIter frame, RuntimeException cause) {
    List<String> arguments = new ArrayList<>();
    for (String name : operation.argNames()) {
      SDValue value = nodeValueOutputs.get(frame.toVarId(name));
      INDArray array = value == null ? null : value.getTensorValue();
      arguments.add(
          name
              + (array == null
                  ? ""
                  : " (" + array.dataType() + " " + Arrays.toString(array.shape()) + ")"));
    }
    return new IllegalArgumentException(
        "the operation " + operation.opName() + " fails on " + String.join(" and ", arguments),
        cause);
  }

  @Override
  public ExecutionResult doExec(
      DifferentialFunction operation,
      @Nullable OpContext context,
      FrameIter frame,
      Set<VarId> inputs,
      Set<VarId> allIterations,
      Set<String> constants,
      Map<String, SDValue> others) {
    ExecutionResult result;
    try {
      result = super.doExec(operation, context, frame, inputs, allIterations, constants, others);
    } catch (RuntimeException e) {
      throw failure(operation, frame, e);
    }
    if (context != null && !(operation instanceof Identity)) { // which passes on what it gets
      instructions.add(Instruction.of(operation, context));
    }
    return result;
  }

  /** Memory of its own for every array, which stays. */
  private static final class OwnMemory extends AbstractMemoryMgr {
    @Override
    public INDArray allocate(boolean detached, DataType dataType, long... shape) {
      return Nd4j.createUninitializedDetached(dataType, 'c', shape);
    }

    @Override
    public INDArray allocate(boolean detached, LongShapeDescriptor descriptor) {
      return descriptor.isEmpty()
          ? Nd4j.create(descriptor)
          : Nd4j.createUninitializedDetached(descriptor.dataType(), 'c', descriptor.getShape());
    }

    @Override
    public void release(INDArray array) {}

    @Override
    public void close() {}
  }
}
