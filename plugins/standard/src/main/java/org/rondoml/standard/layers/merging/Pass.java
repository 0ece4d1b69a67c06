package org.rondoml.standard.layers.merging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;
import org.rondoml.standard.layers.Rows;

/**
 * The rows of a merging layer's output and inputs, for one layout of the inputs. Where no input is
 * broadcast and none is left out, a row is a whole sample.
 */
final class Pass {
  private final INDArray output;
  private final int length;
  private final int rows;
  private final boolean leavesOut;
  private final List<MergedInput> inputs = new ArrayList<>();
  private final List<Vec> vectors = new ArrayList<>();
  private final int[] present;
  private boolean firstStandsIn;

  /**
   * The rows for some inputs.
   *
   * @param leavesOut whether a masked row of an input is left out
   */
  Pass(LayerContext context, List<INDArray> arrays, boolean leavesOut) {
    this.leavesOut = leavesOut;
    long[] shape = commonShape(arrays);
    output = output(context, arrays, shape);
    boolean isPlain = arrays.stream().allMatch(array -> Arrays.equals(array.shape(), shape));
    length = isPlain && !leavesOut ? Rows.stretch(output) : Rows.length(output);
    rows = Math.toIntExact(output.length() / length);
    for (int i = 0; i < arrays.size(); i++) {
      inputs.add(new MergedInput(context, "x" + i, arrays.get(i), output, length));
    }
    present = new int[arrays.size()];
  }

  private static long[] commonShape(List<INDArray> arrays) {
    long[] shape = {};
    for (INDArray array : arrays) {
      boolean isLonger = shape.length < array.rank();
      long[] longer = isLonger ? array.shape().clone() : shape;
      long[] shorter = isLonger ? shape : array.shape();
      for (int axis = 1; axis < shorter.length; axis++) {
        int at = longer.length - shorter.length + axis;
        longer[at] = Math.max(longer[at], shorter[axis]);
      }
      shape = longer;
    }
    return shape;
  }

  /** The output: in the order of the first input that has its shape. */
  private static INDArray output(LayerContext context, List<INDArray> arrays, long[] shape) {
    for (INDArray array : arrays) {
      if (Arrays.equals(array.shape(), shape) && Memory.isDense(array)) {
        return context.scratchLike("y", array);
      }
    }
    return context.scratch("y", shape);
  }

  /**
   * Takes the inputs of a step.
   *
   * @param firstInstead whether a row that is masked in all inputs is the first's; else it is
   *     none's
   */
  void begin(
      LayerContext context,
      List<INDArray> arrays,
      List<? extends @Nullable Mask> masks,
      boolean firstInstead) {
    firstStandsIn = firstInstead;
    for (int i = 0; i < arrays.size(); i++) {
      inputs.get(i).begin(context, arrays.get(i), leavesOut ? masks.get(i) : null);
    }
  }

  /** Takes the output's gradient, in the order of the output, and clears those of the inputs. */
  Memory beginBackward(LayerContext context, INDArray outputGradient) {
    inputs.forEach(input -> input.beginBackward(context));
    return Rows.align(context, "dy", outputGradient, output);
  }

  INDArray output() {
    return output;
  }

  int length() {
    return length;
  }

  int rows() {
    return rows;
  }

  /** What the inputs have for a row of the output, but for those that are masked there. */
  List<Vec> inputs(int row) {
    vectors.clear();
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).counts(row)) {
        take(i, row);
      }
    }
    if (vectors.isEmpty() && firstStandsIn) {
      take(0, row);
    }
    return vectors;
  }

  private void take(int i, int row) {
    present[vectors.size()] = i;
    vectors.add(inputs.get(i).row(row));
  }

  /** The number of inputs. */
  int count() {
    return inputs.size();
  }

  /** Which input the i-th of {@link #inputs(int)} is. */
  int input(int i) {
    return present[i];
  }

  /**
   * Adds to the gradient of the i-th of {@link #inputs(int)} what comes from a row of the output.
   */
  void addGradient(int i, int row, Vec gradient) {
    inputs.get(present[i]).addGradient(row, gradient);
  }

  /** Whether an input has the shape of the output. */
  boolean isPlain(int input) {
    return inputs.get(input).isPlain();
  }

  List<INDArray> inputGradients() {
    return inputs.stream().map(MergedInput::gradient).toList();
  }
}
