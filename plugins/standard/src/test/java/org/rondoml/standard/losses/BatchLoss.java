package org.rondoml.standard.losses;

import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Scope;
import org.rondoml.core.spi.SideBySide;

/** The mean loss of a batch and its gradient, written out plainly. */
final class BatchLoss {
  private final double value;
  private final double[][] gradient;

  private BatchLoss(double value, double[][] gradient) {
    this.value = value;
    this.gradient = gradient;
  }

  /** The mean over the rows that are not ignored. */
  double value() {
    return value;
  }

  /** d value / d outputs, sample by sample. */
  double[][] gradient() {
    return gradient;
  }

  static BatchLoss of(
      Loss unresolved, Shape target, Shape output, double[][] targets, double[][] outputs) {
    Loss loss = unresolved.resolve(target, output);
    int length = outputs[0].length;
    int rows = 1;
    int stride = 1;
    if (loss.scope() == Scope.ROW) {
      Shape shape = SideBySide.of(target, output).shape();
      length = (int) shape.dimension(loss.rowAxis());
      rows = outputs[0].length / length;
      for (int axis = loss.rowAxis() + 1; axis < 0; axis++) {
        stride *= (int) shape.dimension(axis);
      }
    }
    int targetLength = targets[0].length / rows;
    double[] sums = new double[loss.sums()];
    int counted = 0;
    for (int i = 0; i < targets.length * rows; i++) {
      Vec t = row(targets[i / rows], i % rows, targetLength, stride);
      loss.gather(t, row(outputs[i / rows], i % rows, length, stride), sums);
      counted += loss.ignores(t) ? 0 : 1;
    }
    Loss given = loss.given(sums);
    double value = 0;
    double[][] gradient = new double[outputs.length][outputs[0].length];
    for (int i = 0; i < targets.length * rows; i++) {
      Vec t = row(targets[i / rows], i % rows, targetLength, stride);
      if (given.ignores(t)) {
        continue;
      }
      Vec y = row(outputs[i / rows], i % rows, length, stride);
      value += given.value(t, y) / counted;
      Vec g = Rows.of(new double[length]);
      given.gradient(t, y, g);
      double divisor = loss.scope() == Scope.BATCH ? 1 : counted;
      for (int k = 0; k < length; k++) {
        gradient[i / rows][place(i % rows, k, length, stride)] = g.get(k) / divisor;
      }
    }
    return new BatchLoss(value, gradient);
  }

  private static Vec row(double[] sample, int row, int length, int stride) {
    Vec part = Rows.of(new double[length]);
    for (int k = 0; k < length; k++) {
      part.set(k, sample[place(row, k, length, stride)]);
    }
    return part;
  }

  /** Where the k-th element of a row lies, its elements being a stride apart. */
  private static int place(int row, int k, int length, int stride) {
    return (row / stride * length + k) * stride + row % stride;
  }
}
