package org.rondoml.standard.layers.merging;

import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Vec;

/** The largest or the smallest of the inputs, element by element. */
abstract class Extremum extends Merge {
  Extremum(Semantics semantics) {
    super(semantics);
  }

  /** Whether an element is taken instead of one of an earlier input. */
  abstract boolean isBetter(double a, double b);

  @Override
  final WhenAllAreMasked whenAllAreMasked() {
    return WhenAllAreMasked.FIRST;
  }

  @Override
  final void merge(List<Vec> x, Vec y) {
    for (int k = 0; k < y.length(); k++) {
      y.set(k, x.get(best(x, k)).get(k));
    }
  }

  @Override
  final void gradient(int i, List<Vec> x, Vec dy, Vec dx) {
    for (int k = 0; k < dx.length(); k++) {
      dx.set(k, best(x, k) == i ? dy.get(k) : 0);
    }
  }

  private int best(List<Vec> x, int k) {
    int best = 0;
    for (int i = 1; i < x.size(); i++) {
      if (isBetter(x.get(i).get(k), x.get(best).get(k))) {
        best = i;
      }
    }
    return best;
  }
}
