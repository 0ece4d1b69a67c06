package org.rondoml.standard.optimizers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.rondoml.api.Precision;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Optimizer;

/** Four steps from w = (1, -0.5, 0.25) along fixed gradients. */
final class Steps {
  private static final double[][] G = {
    {0.1, -2.0, 3e-5}, {0.5, 1.0, -4e-5}, {-0.3, 0.2, 1e-3}, {0.0, -0.7, 2.0}
  };

  private Steps() {}

  /** Checks the weights after the last step. */
  static void check(Optimizer optimizer, double... expected) {
    Vec w = row(1, -0.5, 0.25);
    List<Vec> slots = optimizer.slots().stream().map(name -> row(0, 0, 0)).toList();
    for (int step = 0; step < G.length; step++) {
      optimizer.step(step, optimizer.learningRate().at(step)).update(w, row(G[step]), slots);
    }
    for (int k = 0; k < expected.length; k++) {
      assertEquals(expected[k], w.get(k), 1e-15, "w[" + k + "]");
    }
  }

  private static Vec row(double... values) {
    Vec row = Vec.zeros(Precision.FLOAT64, values.length);
    for (int k = 0; k < values.length; k++) {
      row.set(k, values[k]);
    }
    return row;
  }
}
