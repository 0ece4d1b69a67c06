package org.rondoml.standard.optimizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.config.Bound;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.Node;
import org.rondoml.core.config.Place;
import org.rondoml.core.config.Problems;
import org.rondoml.core.config.WithArguments;
import org.rondoml.core.engine.Optimization;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.ElementWiseOptimizer;
import org.rondoml.core.spi.Gradient;
import org.rondoml.core.spi.Optimizer;
import org.rondoml.core.spi.OptimizerArguments;
import org.rondoml.core.spi.ParameterWiseOptimizer;

/**
 * Four steps along fixed gradients from w = (1, -0.5, 0.25), and from the matrix with this row and
 * another, whose gradient is half of the first row's less 0.1.
 */
final class Steps {
  private static final double[][] G = {
    {0.1, -2.0, 3e-5}, {0.5, 1.0, -4e-5}, {-0.3, 0.2, 1e-3}, {0.0, -0.7, 2.0}
  };
  private static final double[][] W = {{1, -0.5, 0.25}, {0.75, 2, -1}};
  private static final double[][] TABLE = {{1, -0.5, 0.25}, {0.75, 2, -1}, {0.5, -0.25, -2}};
  private static final int[][] ROWS = {{0, 0, 1}, {1}, {2, 0}, {0, 0}};

  private Steps() {}

  /** An optimizer as a model file names it. */
  static Optimization optimization(String id, Map<String, ?> config, Semantics semantics) {
    Problems problems = new Problems();
    Bound<WithArguments<Optimizer, OptimizerArguments>> bound =
        Registry.load(Steps.class.getClassLoader())
            .binder(semantics, problems)
            .withArguments(
                Optimizer.class,
                OptimizerArguments.class,
                Node.single(id, Location.NONE, Node.of(config)),
                Place.root(Location.NONE));
    assertEquals(List.of(), problems.sorted());
    var found = bound.value();
    assertNotNull(found);
    return new Optimization(found.component(), found.arguments(), semantics);
  }

  /** Checks the vector after the last step. */
  static void check(String id, Map<String, ?> config, Semantics semantics, double... expected) {
    check(optimization(id, config, semantics), 1, expected);
  }

  /** Checks the matrix after the last step. */
  static void checkMatrix(
      String id, Map<String, ?> config, Semantics semantics, double... expected) {
    check(optimization(id, config, semantics), 2, expected);
  }

  /**
   * Checks a table after the last step: {@link #TABLE}, of which the steps use {@link #ROWS}, the
   * first use with the gradient of the step, the second with half of its opposite, the third with
   * twice its opposite. That is in Keras {@code tf.IndexedSlices}.
   */
  static void checkTable(
      String id, Map<String, ?> config, Semantics semantics, double... expected) {
    Optimization optimization = optimization(id, config, semantics);
    double[] found =
        optimization.optimizer() instanceof ElementWiseOptimizer elementWise
            ? table(optimization, elementWise)
            : table(optimization, (ParameterWiseOptimizer) optimization.optimizer());
    for (int k = 0; k < expected.length; k++) {
      assertEquals(expected[k], found[k], 4e-15, "element " + k);
    }
  }

  /** The sums over the uses of a row at a step: of their gradients, squares and sizes. */
  private static double[][] sums(int step, int row) {
    double[][] sums = new double[3][3];
    for (int use = 0; use < ROWS[step].length; use++) {
      for (int k = 0; k < 3 && ROWS[step][use] == row; k++) {
        double g = G[step][k] * (1 - 1.5 * use);
        sums[0][k] += g;
        sums[1][k] += g * g;
        sums[2][k] += Math.abs(g);
      }
    }
    return sums;
  }

  private static boolean isUnused(int step, int row) {
    return Arrays.stream(ROWS[step]).noneMatch(used -> used == row);
  }

  private static double[] table(Optimization optimization, ElementWiseOptimizer optimizer) {
    double[] table = new double[9];
    for (int row = 0; row < 3; row++) {
      Vec w = row(TABLE[row]);
      List<Vec> slots = slots(optimizer);
      for (int step = 0; step < G.length; step++) {
        double rate = rate(optimization, step);
        decay(w, optimizer, rate);
        double[][] sums = sums(step, row);
        Gradient g =
            optimization.semantics() == Semantics.KERAS3
                ? Gradient.ofRow(row(sums[0]), row(sums[1]), row(sums[2]), isUnused(step, row))
                : Gradient.ofRow(row(sums[0]), isUnused(step, row));
        optimizer.step(step, rate).update(w, g, slots);
      }
      for (int k = 0; k < 3; k++) {
        table[3 * row + k] = w.get(k);
      }
    }
    return table;
  }

  private static double[] table(Optimization optimization, ParameterWiseOptimizer optimizer) {
    Shape shape = Shape.of(3, 3);
    Memory w = memory(shape, TABLE);
    List<Memory> slots = slots(optimizer, shape);
    for (int step = 0; step < G.length; step++) {
      double[][][] sums = {sums(step, 0), sums(step, 1), sums(step, 2)};
      Memory g = memory(shape, sums[0][0], sums[1][0], sums[2][0]);
      Memory squares =
          optimization.semantics() == Semantics.KERAS3
              ? memory(shape, sums[0][1], sums[1][1], sums[2][1])
              : null;
      optimizer.step(step, rate(optimization, step)).update(w, g, squares, slots);
    }
    return w.array().dup().data().asDouble();
  }

  private static void check(Optimization optimization, int rows, double... expected) {
    double[] found =
        optimization.optimizer() instanceof ElementWiseOptimizer elementWise
            ? elements(optimization, elementWise)
            : parameter(optimization, (ParameterWiseOptimizer) optimization.optimizer(), rows);
    for (int k = 0; k < expected.length; k++) {
      assertEquals(expected[k], found[k], 2e-15, "w[" + k + "]");
    }
  }

  private static double rate(Optimization optimization, int step) {
    return optimization.learningRate(optimization.optimizer().learningRate().at(step), step);
  }

  private static double[] elements(Optimization optimization, ElementWiseOptimizer optimizer) {
    Vec w = row(W[0]);
    List<Vec> slots = slots(optimizer);
    for (int step = 0; step < G.length; step++) {
      double rate = rate(optimization, step);
      decay(w, optimizer, rate);
      optimizer.step(step, rate).update(w, Gradient.of(row(G[step])), slots);
    }
    return new double[] {w.get(0), w.get(1), w.get(2)};
  }

  /** Takes away what the engine does before the rule. */
  private static void decay(Vec w, ElementWiseOptimizer optimizer, double rate) {
    Double decay = optimizer.weightDecay();
    if (decay != null) {
      w.addScaled(w, -rate * decay.floatValue());
    }
  }

  private static List<Vec> slots(ElementWiseOptimizer optimizer) {
    List<Vec> slots = new ArrayList<>();
    for (ElementWiseOptimizer.Slot slot : optimizer.slots()) {
      slots.add(row(0, 0, 0).fill(slot.initialValue()));
    }
    for (int i = 0; i < optimizer.scratch(); i++) {
      slots.add(row(7, 7, 7));
    }
    return slots;
  }

  private static List<Memory> slots(ParameterWiseOptimizer optimizer, Shape shape) {
    List<Memory> slots = new ArrayList<>();
    for (ParameterWiseOptimizer.Slot slot : optimizer.slots(shape)) {
      slots.add(memory(slot.shape()));
    }
    for (Shape scratch : optimizer.scratch(shape)) {
      slots.add(memory(scratch, new double[] {7, 7, 7}));
    }
    return slots;
  }

  private static double[] parameter(
      Optimization optimization, ParameterWiseOptimizer optimizer, int rows) {
    Shape shape = rows == 1 ? Shape.of(3) : Shape.of(rows, 3);
    Memory w = memory(shape, W[0], W[1]);
    List<Memory> slots = slots(optimizer, shape);
    for (int step = 0; step < G.length; step++) {
      double[] second = new double[3];
      for (int k = 0; k < 3; k++) {
        second[k] = 0.5 * G[step][k] - 0.1;
      }
      optimizer
          .step(step, rate(optimization, step))
          .update(w, memory(shape, G[step], second), null, slots);
    }
    return w.array().dup().data().asDouble();
  }

  private static Vec row(double... values) {
    Vec row = Vec.zeros(Precision.FLOAT64, values.length);
    for (int k = 0; k < values.length; k++) {
      row.set(k, values[k]);
    }
    return row;
  }

  /** The memory of an array with these rows, as far as it has any. */
  private static Memory memory(Shape shape, double[]... rows) {
    INDArray array =
        Nd4j.create(
            Precision.FLOAT64.dataType(),
            shape.dimensions().stream().mapToLong(Long::longValue).toArray());
    for (int i = 0; i < array.length() && i / 3 < rows.length; i++) {
      array.putScalar(i, rows[i / 3][i % 3]);
    }
    return Memory.of(array);
  }
}
