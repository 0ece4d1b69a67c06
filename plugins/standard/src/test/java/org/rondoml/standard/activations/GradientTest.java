package org.rondoml.standard.activations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;

/**
 * Every activation's backward against central differences in float64, at random points, none of
 * which is a kink.
 */
class GradientTest {
  private static final int N = 7;
  private static final double STEP = 1e-6;

  static Stream<Activation> activations() {
    return Stream.of(
        new Linear(),
        new Relu(),
        new Relu6(),
        new BentRelu(new Relu.Config(0.2, 1.5, 0.25), Semantics.KERAS3),
        new LeakyRelu(new LeakyRelu.Config(0.2)),
        new Elu(new Elu.Config(0.7)),
        new Selu(),
        new Gelu(new Gelu.Config(false)),
        new Gelu(new Gelu.Config(true)),
        new Silu(),
        new HardSilu(),
        new Mish(),
        new Softplus(),
        new Softsign(),
        new Sigmoid(),
        new HardSigmoid(Semantics.TF1),
        new HardSigmoid(Semantics.KERAS3),
        new Tanh(),
        new Exponential(),
        new Softmax(),
        new LogSoftmax(),
        new Celu(new Celu.Config(0.7)),
        new HardShrink(new HardShrink.Config(0.5)),
        new SoftShrink(new SoftShrink.Config(0.5)),
        new HardTanh(),
        new LogSigmoid(),
        new SparsePlus(),
        new SparseSigmoid(),
        new Sparsemax(),
        new Squareplus(new Squareplus.Config(4)),
        new TanhShrink());
  }

  @ParameterizedTest
  @MethodSource("activations")
  void agreesWithFiniteDifferences(Activation f) {
    Random random = new Random(11);
    for (int trial = 0; trial < 20; trial++) {
      Vec x = gaussian(random, 2);
      Vec weights = gaussian(random, 1);
      Vec y = Vec.zeros(Precision.FLOAT64, N);
      f.forward(x, y);
      Vec gradient = Vec.zeros(Precision.FLOAT64, N);
      f.backward(x, y, weights, gradient);
      for (int k = 0; k < N; k++) {
        double at = x.get(k);
        x.set(k, at + STEP);
        double above = weighted(f, x, weights);
        x.set(k, at - STEP);
        double below = weighted(f, x, weights);
        x.set(k, at);
        double numeric = (above - below) / (2 * STEP);
        double scale = Math.max(Math.abs(numeric), Math.max(1, Math.abs(above)));
        assertEquals(
            numeric, gradient.get(k), 2e-9 * scale, f.getClass().getSimpleName() + " at " + at);
      }
    }
  }

  private static double weighted(Activation f, Vec x, Vec weights) {
    Vec y = Vec.zeros(Precision.FLOAT64, N);
    f.forward(x, y);
    return y.dot(weights);
  }

  private static Vec gaussian(Random random, double stddev) {
    Vec row = Vec.zeros(Precision.FLOAT64, N);
    for (int k = 0; k < N; k++) {
      row.set(k, stddev * random.nextGaussian());
    }
    return row;
  }
}
