package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.DataException;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.AxisOrder;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Padding;
import org.rondoml.core.spi.Scope;

/**
 * Samples as the engine reads them: dense arrays in the model's precision, one for each input and
 * output of a graph.
 */
public final class SampleData {
  private final int size;
  private final List<Memory> inputs;
  private final List<Memory> targets;
  private final @Nullable SampleWeights weights;
  private final @Nullable Padding padding;
  private final String origin;

  private SampleData(
      int size,
      List<Memory> inputs,
      List<Memory> targets,
      @Nullable SampleWeights weights,
      @Nullable Padding padding,
      String origin) {
    this.size = size;
    this.inputs = List.copyOf(inputs);
    this.targets = List.copyOf(targets);
    this.weights = weights;
    this.padding = padding;
    this.origin = origin;
  }

  /**
   * The samples of a dataset for a graph.
   *
   * @throws DataException where the arrays don't fit the graph's inputs and outputs
   */
  public static SampleData of(Dataset data, Graph graph, Precision precision) {
    List<Memory> inputs = new ArrayList<>();
    List<Integer> steps = graph.inputs();
    List<String> names = steps.stream().map(i -> graph.steps().get(i).node().name()).toList();
    if (data.inputs().size() != steps.size()) {
      throw new DataException(
          data.origin()
              + ": found "
              + (data.inputs().size() == 1
                  ? "one input array "
                  : data.inputs().size() + " input arrays ")
              + data.inputs().keySet()
              + ", expected one for each of the model's Inputs "
              + names);
    }
    requireAllNamedOrNone(data, names);
    int position = 0;
    for (Map.Entry<String, INDArray> entry : data.inputs().entrySet()) {
      Graph.Step byPosition = graph.steps().get(steps.get(position++));
      String name = byPosition.node().name();
      INDArray named = data.inputs().get(name);
      String arrayName = named != null ? name : entry.getKey();
      Shape expected = byPosition.outputShapes().get(0);
      INDArray array = ofRank(named != null ? named : entry.getValue(), expected.rank());
      Shape found = sampleShape(array);
      if (!expected.accepts(found)) {
        throw new DataException(
            data.origin()
                + ": array '"
                + arrayName
                + "' has samples of shape "
                + found
                + ", but the model's Input expects "
                + expected
                + ": give the Input the shape of the samples, or the samples that of the Input");
      }
      Memory memory = memory(array, precision);
      Padding padding = data.padding();
      if (padding != null && padding.appliesTo(array)) {
        requireToldApart(memory, padding, data.origin());
      }
      inputs.add(memory);
    }
    if (!data.targets().isEmpty() && data.targets().size() != graph.outputs().size()) {
      throw new DataException(
          data.origin()
              + ": found "
              + (data.targets().size() == 1
                  ? "one target array"
                  : data.targets().size() + " target arrays")
              + ", expected one for each of the model's outputs "
              + graph.outputs().stream()
                  .map(o -> graph.steps().get(o.step()).node().name())
                  .toList());
    }
    List<Memory> targets = data.targets().stream().map(a -> memory(a, precision)).toList();
    INDArray weights = data.sampleWeights();
    return new SampleData(
        data.size(),
        inputs,
        targets,
        weights == null ? null : SampleWeights.of(weights, precision),
        data.padding(),
        data.origin());
  }

  /** Arrays that have the names of Inputs go to these; others go to the Inputs in their order. */
  private static void requireAllNamedOrNone(Dataset data, List<String> names) {
    Set<String> arrays = data.inputs().keySet();
    if (names.stream().anyMatch(arrays::contains) && !arrays.containsAll(names)) {
      throw new DataException(
          data.origin()
              + ": input arrays "
              + arrays
              + ", but the model's Inputs are called "
              + names
              + ": give the arrays these names, or all of them others to have them taken in their"
              + " order");
    }
  }

  /**
   * An array with a last axis of size 1 more or less, where samples of a rank need it: images
   * without an axis for their only channel, columns of numbers. As in Keras ({@code
   * _adjust_input_rank} in {@code keras/src/models/functional.py}).
   */
  private static INDArray ofRank(INDArray array, int rank) {
    long[] shape = array.shape();
    if (shape.length == rank) {
      long[] more = Arrays.copyOf(shape, rank + 1);
      more[rank] = 1;
      return array.reshape(array.ordering(), more);
    }
    boolean isColumn = shape.length == rank + 2 && shape[rank + 1] == 1;
    return isColumn ? array.reshape(array.ordering(), Arrays.copyOf(shape, rank + 1)) : array;
  }

  private static Memory memory(INDArray array, Precision precision) {
    INDArray cast = array.castTo(precision.dataType());
    boolean rowMajor = !cast.isView() && AxisOrder.isRowMajor(cast);
    return Memory.of(rowMajor ? cast : cast.dup('c'));
  }

  /** Layers know padding by its value, so no other step may have it in all features. */
  private static void requireToldApart(Memory input, Padding padding, String origin) {
    int width = Math.toIntExact(input.length() / padding.samples() / padding.steps());
    Vec features = Vec.window(input.precision(), width);
    double value =
        input.precision() == Precision.FLOAT32 ? (float) padding.value() : padding.value();
    for (int sample = 0; sample < padding.samples(); sample++) {
      for (int step = 0; step < padding.steps(); step++) {
        long at = ((long) sample * padding.steps() + step) * width;
        if (!padding.isPadding(sample, step) && isAll(features.reads(input, at), value)) {
          throw new DataException(
              origin
                  + ": sample "
                  + sample
                  + ", step "
                  + step
                  + ": all features are "
                  + value
                  + ", as those of padding are, so that layers couldn't tell the two apart: pad with"
                  + " another value, which Masking needs as well");
        }
      }
    }
  }

  private static boolean isAll(Vec features, double value) {
    for (int k = 0; k < features.length(); k++) {
      if (features.get(k) != value) {
        return false;
      }
    }
    return true;
  }

  private static Shape sampleShape(INDArray array) {
    long[] all = array.shape();
    return Shape.of(Arrays.copyOfRange(all, 1, all.length));
  }

  /** The number of samples. */
  public int size() {
    return size;
  }

  /** Where they come from, for messages. */
  public String origin() {
    return origin;
  }

  /** Whether there is something to compare outputs with. */
  public boolean hasTargets() {
    return !targets.isEmpty();
  }

  /** The shapes of a sample at the model's inputs. */
  List<Shape> inputShapes() {
    return inputs.stream().map(input -> sampleShape(input.array())).toList();
  }

  /** The shape of a sample of a target. */
  public Shape targetShape(int output) {
    return sampleShape(targets.get(output).array());
  }

  /** The first samples, and after the last one the first again, until there are so many: copies. */
  public SampleData cycle(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i % size;
    }
    return new SampleData(
        count,
        inputs.stream().map(from -> gathered(from, order)).toList(),
        targets.stream().map(from -> gathered(from, order)).toList(),
        weights == null ? null : weights.gathered(order),
        padding == null ? null : padding.samples(order),
        origin);
  }

  private Memory gathered(Memory from, int[] order) {
    long[] shape = from.array().shape().clone();
    shape[0] = order.length;
    Memory to = Memory.of(Nd4j.createUninitialized(from.array().dataType(), shape));
    gather(from, order, 0, order.length, to);
    return to;
  }

  /** Copies the samples order[from ... from+count-1] of an input to the start of memory. */
  void gatherInput(int input, int[] order, int from, int count, Memory to) {
    gather(inputs.get(input), order, from, count, to);
  }

  /** Copies the samples order[from ... from+count-1] of a target to the start of memory. */
  void gatherTarget(int output, int[] order, int from, int count, Memory to) {
    gather(targets.get(output), order, from, count, to);
  }

  /** The number of elements of a target's sample. */
  long targetLength(int output) {
    return targets.get(output).length() / size;
  }

  /**
   * Checks the targets of an output that are one number a sample, where all of them count.
   *
   * @throws DataException where one can't be a target, with the number of the sample
   */
  void checkTargets(int number, Loss loss, Shape output) {
    if (loss.scope() != Scope.ROW
        || output.rank() == 0
        || targetLength(number) != 1
        || weights != null) {
      return;
    }
    Memory memory = targets.get(number);
    Vec target = Vec.window(memory.precision(), 1);
    int length = Math.toIntExact(output.dimension(-1));
    for (int sample = 0; sample < size; sample++) {
      try {
        loss.checkTarget(target.reads(memory, sample), length);
      } catch (DataException e) {
        throw about(sample, e);
      }
    }
  }

  /**
   * Checks that all inputs and targets are numbers.
   *
   * @throws DataException where one is infinite or not a number, with the number of the sample
   */
  void requireFinite() {
    for (int i = 0; i < inputs.size(); i++) {
      requireFinite(inputs.get(i), "input", i, inputs.size());
    }
    for (int i = 0; i < targets.size(); i++) {
      requireFinite(targets.get(i), "target", i, targets.size());
    }
  }

  private void requireFinite(Memory memory, String role, int number, int of) {
    int length = Math.toIntExact(memory.length() / size);
    Vec values = Vec.window(memory.precision(), length);
    for (int sample = 0; sample < size; sample++) {
      values.reads(memory, (long) sample * length);
      for (int k = 0; k < length; k++) {
        if (!Double.isFinite(values.get(k))) {
          throw new DataException(
              origin
                  + ": sample "
                  + sample
                  + ": found "
                  + values.get(k)
                  + " in "
                  + (of == 1 ? "the " + role : role + " " + (number + 1))
                  + ", expected numbers: no loss can be computed from it; leave the sample out, or"
                  + " put a number in its place");
        }
      }
    }
  }

  /** A mistake in a sample, with its number. */
  DataException about(int sample, DataException e) {
    return new DataException(origin + ": sample " + sample + ": " + e.getMessage(), e);
  }

  /** How much the samples count; null where all count the same. */
  @Nullable SampleWeights weights() {
    return weights;
  }

  /** Which steps are there only to make sequences equally long; null where all are their own. */
  public @Nullable Padding padding() {
    return padding;
  }

  /** The padding of an output, where it has a target a step; else null. */
  @Nullable Padding paddingOf(int output) {
    Padding own = padding;
    return own != null && own.appliesTo(targets.get(output).array()) ? own : null;
  }

  /**
   * These samples with weights by the class of their only target, besides their own: Keras' {@code
   * class_weight}.
   *
   * @throws DataException where there are several targets, a class has no weight, or in keras3 the
   *     samples have weights already
   */
  public SampleData weighClasses(Map<Integer, Double> byClass, Semantics semantics) {
    if (targets.size() != 1) {
      throw new DataException(
          origin
              + ": class_weight is for a model with one output, found "
              + targets.size()
              + " targets: weigh the samples by sample_weight instead");
    }
    SampleWeights own = weights;
    if (own != null && semantics == Semantics.KERAS3) {
      throw new DataException(
          origin
              + ": has sample_weight already, which Keras 3 doesn't multiply by class_weight: leave"
              + " out one of the two");
    }
    SampleWeights ofClasses = ClassWeights.of(targets.get(0).array(), byClass, semantics, origin);
    return new SampleData(
        size, inputs, targets, own == null ? ofClasses : multiply(own, ofClasses), padding, origin);
  }

  private static SampleWeights multiply(SampleWeights own, SampleWeights ofClasses) {
    return own.positions() <= ofClasses.positions() ? own.times(ofClasses) : ofClasses.times(own);
  }

  private void gather(Memory from, int[] order, int start, int count, Memory to) {
    long row = from.length() / size;
    for (int i = 0; i < count; i++) {
      to.copyFrom(from, order[start + i] * row, i * row, row);
    }
  }
}
