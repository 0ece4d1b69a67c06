package org.rondoml.standard.layers.merging;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.layers.RowMap;
import org.rondoml.standard.layers.Rows;

/** An input of a merging layer as rows of the output, and its gradient. */
final class MergedInput {
  private final String key;
  private final INDArray output;
  private final int length;
  private final boolean isPlain;
  private final long[] shape;
  private final int own;
  private final RowMap positions;
  private final @Nullable RowMap map;
  private Memory x;
  private @Nullable Mask mask;
  private @Nullable Memory dx;
  private final Vec row;
  private final Vec filled;
  private final Vec gradientRow;

  /**
   * An input.
   *
   * @param key its name among the layer's memory
   * @param length the length of the output's rows
   */
  MergedInput(LayerContext context, String key, INDArray input, INDArray output, int length) {
    this.key = key;
    this.output = output;
    this.length = length;
    shape = input.shape();
    isPlain = Arrays.equals(shape, output.shape());
    x = memory(context, input);
    map = isPlain ? null : RowMap.broadcast(output, x.array());
    positions = RowMap.rowMajor(output);
    own = isPlain || Rows.length(input) == Rows.length(output) ? length : 1;
    row = context.window(key, own);
    filled = context.vec(key, length);
    gradientRow = context.window("d" + key, own);
  }

  private Memory memory(LayerContext context, INDArray input) {
    return isPlain
        ? Rows.align(context, key, input, output)
        : context.dense(key, Rows.rowMajor(context, key, input));
  }

  void begin(LayerContext context, INDArray input, @Nullable Mask inputMask) {
    x = memory(context, input);
    // As in Keras, an input that gets more axes loses its mask.
    mask = shape.length == output.rank() ? inputMask : null;
    if (mask != null && !mask.shape().equals(stepShape())) {
      throw new ShapeMismatchException(
          "found an input of shape "
              + Rows.sampleShape(x.array())
              + " with a mask of shape "
              + mask.shape()
              + ", expected a mask of shape "
              + stepShape()
              + ", which tells of each vector along the last axis");
    }
  }

  private Shape stepShape() {
    return Shape.of(Arrays.copyOfRange(shape, 1, Math.max(1, shape.length - 1)));
  }

  boolean isPlain() {
    return isPlain;
  }

  private long offset(int outputRow) {
    return map == null ? (long) outputRow * length : map.offset(outputRow);
  }

  /** Whether a row of the output has something of this input that is not masked. */
  boolean counts(int outputRow) {
    Mask known = mask;
    if (known == null) {
      return true;
    }
    int position = map == null ? positions.offset(outputRow) : map.offset(outputRow) / own;
    return known.isValid(position / known.positions(), position % known.positions());
  }

  /** What this input has for a row of the output. */
  Vec row(int outputRow) {
    Vec read = row.reads(x, offset(outputRow));
    return own == length ? read : filled.fill(read.get(0));
  }

  void beginBackward(LayerContext context) {
    INDArray gradient =
        isPlain ? context.scratchLike("d" + key, output) : context.scratch("d" + key, shape);
    Memory memory = context.dense("d" + key, gradient);
    memory.clear();
    dx = memory;
  }

  void addGradient(int outputRow, Vec gradient) {
    Vec sum = gradientRow.updates(gradientMemory(), offset(outputRow));
    if (own == length) {
      sum.add(sum, gradient).done();
    } else {
      sum.set(0, sum.get(0) + gradient.sum());
      sum.done();
    }
  }

  INDArray gradient() {
    return gradientMemory().array();
  }

  private Memory gradientMemory() {
    Memory known = dx;
    if (known == null) {
      throw new IllegalStateException("a gradient before backward");
    }
    return known;
  }
}
