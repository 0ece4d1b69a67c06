package org.rondoml.rnn;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.LayerContext;

/**
 * What {@link Bidirectional} makes of the outputs f and b of its layers in one pass. With b' for b
 * turned round in time where it is a sequence:
 *
 * <pre>
 * concat: y = [f, b']       df, db' = the halves of dy
 * sum:    y = f + b'        df = dy           db' = dy
 * ave:    y = (f + b') / 2  df = dy / 2       db' = dy / 2
 * mul:    y = f * b'        df = dy * b'      db' = dy * f
 * none:   y = f, b'         df = dy_0         db' = dy_1
 * </pre>
 */
final class Merge {
  private final LayerContext context;
  private final MergeMode mode;
  private final boolean sequences;
  private final SequenceArray f;
  private final SequenceArray b;

  /**
   * The gradients of the two outputs.
   *
   * @param forward of f's shape
   * @param backward of b's shape
   */
  record Gradients(INDArray forward, INDArray backward) {}

  Merge(
      LayerContext context,
      MergeMode mode,
      boolean sequences,
      INDArray forward,
      INDArray backward) {
    this.context = context;
    this.mode = mode;
    this.sequences = sequences;
    f = SequenceArray.of(context, "f", forward, sequences);
    b = SequenceArray.of(context, "b", backward, sequences);
  }

  /** Does something with a row, its steps in the order of f. */
  @FunctionalInterface
  private interface Row {
    void run(int sample, int step, int turned, int row);
  }

  private void forEachRow(Row action) {
    for (int sample = 0; sample < f.batch(); sample++) {
      for (int step = 0; step < f.steps(); step++) {
        int turned = sequences ? f.steps() - 1 - step : step;
        for (int row = 0; row < f.inner(); row++) {
          action.run(sample, step, turned, row);
        }
      }
    }
  }

  /** y. */
  List<INDArray> outputs() {
    if (mode == MergeMode.NONE) {
      SequenceArray turned = f.scratch(context, "b turned", b.width());
      forEachRow(
          (sample, step, back, row) ->
              turned
                  .memory()
                  .copyFrom(
                      b.memory(),
                      b.at(sample, back, row),
                      turned.at(sample, step, row),
                      b.width()));
      return List.of(f.array(), turned.array());
    }
    int width = mode == MergeMode.CONCAT ? f.width() + b.width() : f.width();
    SequenceArray y = f.scratch(context, "y", width);
    Vec ofF = context.window("row of f", f.width());
    Vec ofB = context.window("row of b", b.width());
    Vec sum = context.window("row of y", f.width());
    forEachRow(
        (sample, step, back, row) -> {
          long at = y.at(sample, step, row);
          long fAt = f.at(sample, step, row);
          long bAt = b.at(sample, back, row);
          if (mode == MergeMode.CONCAT) {
            y.memory().copyFrom(f.memory(), fAt, at, f.width());
            y.memory().copyFrom(b.memory(), bAt, at + f.width(), b.width());
            return;
          }
          ofF.reads(f.memory(), fAt);
          ofB.reads(b.memory(), bAt);
          sum.writes(y.memory(), at);
          if (mode == MergeMode.MUL) {
            sum.multiply(ofF, ofB);
          } else {
            sum.add(ofF, ofB);
          }
          if (mode == MergeMode.AVE) {
            sum.scale(sum, 0.5);
          }
          sum.done();
        });
    return List.of(y.array());
  }

  /** df and db. */
  Gradients backward(List<INDArray> outputGradients) {
    SequenceArray first = SequenceArray.of(context, "dy", outputGradients.get(0), sequences);
    SequenceArray second =
        mode == MergeMode.NONE
            ? SequenceArray.of(context, "dy of b", outputGradients.get(1), sequences)
            : first;
    int shift = mode == MergeMode.CONCAT ? f.width() : 0;
    SequenceArray df = f.scratch(context, "df", f.width());
    SequenceArray db = b.scratch(context, "db", b.width());
    Vec given = context.window("row of dy", f.width());
    Vec givenB = context.window("row of dy of b", b.width());
    Vec other = context.window("row of the other", f.width());
    Vec result = context.window("row of df", f.width());
    Vec resultB = context.window("row of db", b.width());
    double scale = mode == MergeMode.AVE ? 0.5 : 1;
    forEachRow(
        (sample, step, back, row) -> {
          given.reads(first.memory(), first.at(sample, step, row));
          result.writes(df.memory(), df.at(sample, step, row));
          givenB.reads(second.memory(), second.at(sample, step, row) + shift);
          resultB.writes(db.memory(), db.at(sample, back, row));
          if (mode == MergeMode.MUL) {
            result.multiply(given, other.reads(b.memory(), b.at(sample, back, row))).done();
            resultB.multiply(givenB, other.reads(f.memory(), f.at(sample, step, row))).done();
          } else {
            result.scale(given, scale).done();
            resultB.scale(givenB, scale).done();
          }
        });
    return new Gradients(df.array(), db.array());
  }
}
