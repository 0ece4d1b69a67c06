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
    if (loss.scope() == Scope.ROW) {
      length = (int) SideBySide.of(target, output).shape().dimension(-1);
      rows = outputs[0].length / length;
    }
    int targetLength = targets[0].length / rows;
    double[] sums = new double[loss.sums()];
    int counted = 0;
    for (int i = 0; i < targets.length * rows; i++) {
      Vec t = part(targets[i / rows], i % rows, targetLength);
      loss.gather(t, part(outputs[i / rows], i % rows, length), sums);
      counted += loss.ignores(t) ? 0 : 1;
    }
    Loss given = loss.given(sums);
    double value = 0;
    double[][] gradient = new double[outputs.length][outputs[0].length];
    for (int i = 0; i < targets.length * rows; i++) {
      Vec t = part(targets[i / rows], i % rows, targetLength);
      if (given.ignores(t)) {
        continue;
      }
      Vec y = part(outputs[i / rows], i % rows, length);
      value += given.value(t, y) / counted;
      Vec g = Rows.of(new double[length]);
      given.gradient(t, y, g);
      double divisor = loss.scope() == Scope.BATCH ? 1 : counted;
      for (int k = 0; k < length; k++) {
        gradient[i / rows][i % rows * length + k] = g.get(k) / divisor;
      }
    }
    return new BatchLoss(value, gradient);
  }

  private static Vec part(double[] sample, int number, int length) {
    Vec part = Rows.of(new double[length]);
    for (int k = 0; k < length; k++) {
      part.set(k, sample[number * length + k]);
    }
    return part;
  }
}
