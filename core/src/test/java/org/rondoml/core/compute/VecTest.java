package org.rondoml.core.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.core.random.RandomStream;

class VecTest {
  private static final int N = 37;

  private interface Expected {
    double at(double x, double a, double b, double c, double d);
  }

  private static Vec vec(Precision precision, String name) {
    Vec vec = Vec.zeros(precision, N);
    RandomStream random = RandomStream.of(5).derive(name);
    return vec.map(vec, zero -> random.nextGaussian());
  }

  private static void check(
      Precision precision, java.util.function.Consumer<Vec[]> run, Expected expected) {
    Vec[] v = {
      vec(precision, "x"),
      vec(precision, "a"),
      vec(precision, "b"),
      vec(precision, "c"),
      vec(precision, "d")
    };
    double[][] before = new double[5][N];
    for (int i = 0; i < 5; i++) {
      for (int k = 0; k < N; k++) {
        before[i][k] = v[i].get(k);
      }
    }
    run.accept(v);
    double tolerance = precision == Precision.FLOAT32 ? 2e-6 : 1e-15;
    for (int k = 0; k < N; k++) {
      double e = expected.at(before[0][k], before[1][k], before[2][k], before[3][k], before[4][k]);
      assertEquals(e, v[0].get(k), tolerance * Math.max(1, Math.abs(e)), "element " + k);
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void arithmetic(Precision p) {
    check(p, v -> run(v, v[0].copy(v[1])), (x, a, b, c, d) -> a);
    check(p, v -> run(v, v[0].fill(0.25)), (x, a, b, c, d) -> 0.25);
    check(p, v -> run(v, v[0].add(v[1], v[2])), (x, a, b, c, d) -> a + b);
    check(p, v -> run(v, v[0].subtract(v[1], v[2])), (x, a, b, c, d) -> a - b);
    check(p, v -> run(v, v[0].multiply(v[1], v[2])), (x, a, b, c, d) -> a * b);
    check(p, v -> run(v, v[0].divide(v[1], v[2])), (x, a, b, c, d) -> a / b);
    check(p, v -> run(v, v[0].addProduct(v[1], v[2])), (x, a, b, c, d) -> x + a * b);
    check(
        p,
        v -> run(v, v[0].sumOfProducts(v[1], v[2], v[3], v[4])),
        (x, a, b, c, d) -> a * b + c * d);
    check(p, v -> run(v, v[0].affine(v[1], 0.5, 0.25)), (x, a, b, c, d) -> a * 0.5 + 0.25);
    check(p, v -> run(v, v[0].scale(v[1], 0.5)), (x, a, b, c, d) -> a * 0.5);
    check(p, v -> run(v, v[0].addScaled(v[1], 0.5)), (x, a, b, c, d) -> x + a * 0.5);
    check(p, v -> run(v, v[0].blend(0.75, v[1], 0.25)), (x, a, b, c, d) -> x * 0.75 + a * 0.25);
    check(
        p,
        v -> run(v, v[0].blendSquare(0.75, v[1], 0.25)),
        (x, a, b, c, d) -> x * 0.75 + a * a * 0.25);
    check(
        p,
        v -> run(v, v[0].subtractRatio(0.5, v[1], v[2].multiply(v[2], v[2]), 0.125)),
        (x, a, b, c, d) -> x - 0.5 * a / (Math.abs(b) + 0.125));
    check(
        p,
        v -> run(v, v[0].clip(v[1], -0.5, 0.5)),
        (x, a, b, c, d) -> Math.min(0.5, Math.max(-0.5, a)));
    check(
        p,
        v -> run(v, v[0].passInside(v[1], v[2], -0.5, 0.5, 2)),
        (x, a, b, c, d) -> a > -0.5 && a < 0.5 ? 2 * b : 0);
    check(p, v -> run(v, v[0].max(v[1], v[2])), (x, a, b, c, d) -> Math.max(a, b));
    check(p, v -> run(v, v[0].abs(v[1])), (x, a, b, c, d) -> Math.abs(a));
    check(p, v -> run(v, v[0].sign(v[1])), (x, a, b, c, d) -> Math.signum(a));
    check(p, v -> run(v, v[0].sqrt(v[1].multiply(v[1], v[1]))), (x, a, b, c, d) -> Math.abs(a));
    check(p, v -> run(v, v[0].relu(v[1])), (x, a, b, c, d) -> Math.max(a, 0));
    check(p, v -> run(v, v[0].larger(v[1], v[2])), (x, a, b, c, d) -> Math.max(a, b));
    check(
        p,
        v -> {
          v[3].copy(v[1]);
          v[3].set(5, v[1].get(5) + 1);
          run(v, v[0].equal(v[1], v[3]));
          assertEquals(0, v[0].get(5), "the one that differs");
          v[0].set(5, 1);
        },
        (x, a, b, c, d) -> 1);
    check(p, v -> run(v, v[0].exp(v[1])), (x, a, b, c, d) -> Math.exp(a));
    check(p, v -> run(v, v[0].sigmoidGradient(v[1], v[2])), (x, a, b, c, d) -> b * a * (1 - a));
    check(p, v -> run(v, v[0].tanhGradient(v[1], v[2])), (x, a, b, c, d) -> b * (1 - a * a));
  }

  /** Two a in turn, which are b at every second and every third element. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void addsToTheFirstOfEquals(Precision p) {
    Vec b = vec(p, "b");
    Vec dy = vec(p, "dy");
    Vec free = Vec.zeros(p, N).fill(1);
    Vec first = Vec.zeros(p, N).fill(0.5);
    Vec second = Vec.zeros(p, N).fill(0.5);
    first.addToFirst(everyNth(p, b, 2), b, dy, free);
    second.addToFirst(everyNth(p, b, 3), b, dy, free);
    for (int k = 0; k < N; k++) {
      boolean takes = k % 2 == 0;
      boolean takesThen = !takes && k % 3 == 0;
      assertEquals(0.5 + (takes ? dy.get(k) : 0), first.get(k), 1e-6, "first, " + k);
      assertEquals(0.5 + (takesThen ? dy.get(k) : 0), second.get(k), 1e-6, "second, " + k);
      assertEquals(takes || takesThen ? 0 : 1, free.get(k), "free, " + k);
    }
  }

  private static Vec everyNth(Precision p, Vec b, int n) {
    Vec a = Vec.zeros(p, N).fill(7);
    for (int k = 0; k < N; k += n) {
      a.set(k, b.get(k));
    }
    return a;
  }

  private static void run(Vec[] all, Vec result) {
    assertTrue(result == all[0], "an operation returns the vector it writes");
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void tanhAndSigmoidAreExactToRounding(Precision p) {
    double unit = p == Precision.FLOAT32 ? Math.ulp(1f) : Math.ulp(1.0);
    Vec x = Vec.zeros(p, 1);
    Vec y = Vec.zeros(p, 1);
    for (double a = -30; a <= 30; a += 0.0037) {
      x.set(0, a);
      double given = x.get(0);
      near(Math::tanh, given, y.tanh(x).get(0), unit);
      near(v -> 1 / (1 + Math.exp(-v)), given, y.sigmoid(x).get(0), unit);
    }
  }

  private static void near(DoubleUnaryOperator f, double x, double found, double unit) {
    assertEquals(f.applyAsDouble(x), found, 4 * unit, "at " + x);
  }

  /** Whatever the vectors are made of, the stream decides, two elements a number. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void dropsWhatTheStreamSays(Precision p) {
    for (double rate : new double[] {0, 0.3, 0.9999999999, Math.nextDown(1.0)}) {
      RandomStream stream = RandomStream.of(11);
      stream.nextLong();
      RandomStream same = RandomStream.of(11);
      same.nextLong();
      for (int row = 0; row < 3; row++) {
        Vec x = Vec.zeros(p, N).drop(stream, rate, 1.25);
        for (int k = 0; k < N; k += 2) {
          long bits = same.nextLong();
          assertEquals((bits >>> 32) * 0x1p-32 < rate ? 0 : 1.25, x.get(k), rate + ", " + k);
          if (k + 1 < N) {
            double low = (bits & 0xFFFF_FFFFL) * 0x1p-32;
            assertEquals(low < rate ? 0 : 1.25, x.get(k + 1), rate + ", " + (k + 1));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void slopesOfCurves(Precision p) {
    Curve line = new Curve.ClippedLine(0.5, 0, -0.5, 0.75);
    Curve tanh = new Curve.Tanh();
    Curve sigmoid = new Curve.Sigmoid();
    check(
        p,
        v -> run(v, v[0].gradient(line, v[1], v[2], v[3])),
        (x, a, b, c, d) -> a > -0.5 && a < 0.75 ? 0.5 * b * c : 0);
    check(
        p,
        v -> run(v, v[0].addGradient(v[4], line, v[1], v[2], v[3])),
        (x, a, b, c, d) -> d + (a > -0.5 && a < 0.75 ? 0.5 * b * c : 0));
    check(
        p,
        v -> run(v, v[0].gradient(tanh, v[0], v[2], v[3])),
        (x, a, b, c, d) -> (1 - x * x) * b * c);
    check(
        p,
        v -> run(v, v[0].addGradient(v[4], tanh, v[1], v[2], v[3])),
        (x, a, b, c, d) -> d + (1 - a * a) * b * c);
    check(
        p,
        v -> run(v, v[0].gradient(sigmoid, v[1], v[2], v[3])),
        (x, a, b, c, d) -> a * (1 - a) * b * c);
    check(
        p,
        v -> run(v, v[0].addGradient(v[4], sigmoid, v[1], v[2], v[3])),
        (x, a, b, c, d) -> d + a * (1 - a) * b * c);
    check(
        p,
        v -> run(v, v[0].clippedLine(v[1], 0.5, 0.25, -0.1, 0.6)),
        (x, a, b, c, d) -> Math.min(0.6, Math.max(-0.1, a * 0.5 + 0.25)));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void aWindowStandsForMemory(Precision p) {
    Memory memory = Memory.of(Nd4j.create(p.dataType(), 3 * N));
    Vec a = vec(p, "a");
    Vec window = Vec.window(p, N);
    window.writes(memory, N).copy(a).done();
    window.updates(memory, N).add(window, a).done();
    Vec read = Vec.window(p, N).reads(memory, N);
    for (int k = 0; k < N; k++) {
      assertEquals(2 * a.get(k), read.get(k), 1e-6);
      assertEquals(0, memory.array().getDouble(k), "before the window");
      assertEquals(0, memory.array().getDouble(2 * N + k), "behind the window");
    }
    assertEquals(
        "a window: it stands for memory by reads, updates or writes, not by load and store",
        assertThrows(IllegalStateException.class, () -> window.load(memory, 0)).getMessage());
    assertEquals(
        "a vector with elements of its own: load and store them, or make a window",
        assertThrows(IllegalStateException.class, () -> a.reads(memory, 0)).getMessage());
    assertThrows(IndexOutOfBoundsException.class, () -> window.reads(memory, 2 * N + 1));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void reductions(Precision p) {
    Vec x = Vec.zeros(p, 4);
    double[] values = {1, -2, 3, 3};
    for (int k = 0; k < 4; k++) {
      x.set(k, values[k]);
    }
    assertEquals(5, x.sum());
    assertEquals(3, x.max());
    assertEquals(2, x.argMax());
    assertEquals(23, x.dot(x));
  }
}
