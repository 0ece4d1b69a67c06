package org.rondoml.standard.initializers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.api.ModelFileException;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.random.RandomStream;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Initializer;
import org.rondoml.core.spi.ShapeMismatchException;

class STFTTest {
  private static final Registry REGISTRY = Registry.load(STFTTest.class.getClassLoader());

  private static double[] kernel(Map<String, ?> keys, long... shape) {
    return REGISTRY
        .create(Initializer.class, "STFT", keys, Semantics.KERAS3)
        .initialize(Shape.of(shape), RandomStream.of(1));
  }

  /** {@code keras.initializers.STFT(**keys)((4, 1, 3), dtype="float64")} of Keras 3.15. */
  private static void assertKeras(Map<String, ?> keys, double... values) {
    assertArrayEquals(values, kernel(keys, 4, 1, 3), 1e-15, keys.toString());
  }

  private static Map<String, Object> with(String key, Object value) {
    Map<String, Object> keys = new HashMap<>(); // takes null
    keys.put(key, value);
    return keys;
  }

  @Test
  void givesKerasValues() {
    double r = 0.7071067811865475;
    assertKeras(Map.of(), 0, 0, 0, r, 0, -r, r, -r, r, 0, 0, 0);
    assertKeras(
        Map.of("side", "imag", "window", "hamming", "scaling", "spectrum", "periodic", true),
        0,
        0,
        0,
        0,
        -0.25,
        0,
        0,
        0,
        0,
        0,
        0.25,
        0);
    assertKeras(with("window", null), 1, 1, 1, 1, 0, -1, 1, -1, 1, 1, 0, -1);
    Map<String, Object> blackman = with("scaling", null);
    blackman.put("window", "blackman");
    assertKeras(blackman, 0, 0, 0, 0.63, 0, -0.63, 0.63, -0.63, 0.63, 0, 0, 0);
    assertKeras(
        Map.of("side", "imag", "window", "flattop"),
        0,
        0,
        0,
        0,
        -0.7071051857868786,
        0,
        0,
        0,
        0,
        0,
        -0.0015020763305599967,
        0);
    double n = 0.0004847389166959593;
    double p = 0.7071066150363623;
    assertKeras(Map.of("window", "nuttall"), n, n, n, p, 0, -p, p, -p, p, n, 0, -n);
    double b = 5.7621942435680497e-05;
    double q = 0.49994237805756425;
    assertKeras(
        Map.of("window", "blackmanharris", "scaling", "spectrum"),
        b,
        b,
        b,
        q,
        0,
        -q,
        q,
        -q,
        q,
        b,
        0,
        -b);
    assertKeras(
        Map.of("window", "boxcar"), 0.5, 0.5, 0.5, 0.5, 0, -0.5, 0.5, -0.5, 0.5, 0.5, 0, -0.5);
    assertArrayEquals(new double[] {1, 1}, kernel(Map.of(), 1, 1, 2));
  }

  @Test
  void refusesOtherShapes() {
    assertEquals(
        "STFT makes kernels of shape (steps, 1, frequencies), found a parameter of shape (4, 2, 3):"
            + " use it as the kernel_initializer of a Conv1D over one channel",
        assertThrows(ShapeMismatchException.class, () -> kernel(Map.of(), 4, 2, 3)).getMessage());
    assertEquals(
        "STFT computes at least two frequencies, found a parameter of shape (4, 1, 1): give the"
            + " Conv1D more filters",
        assertThrows(ShapeMismatchException.class, () -> kernel(Map.of(), 4, 1, 1)).getMessage());
  }

  @Test
  void isNewInKeras3() {
    assertEquals(
        "STFT: Keras of semantics: tf2 has no STFT: write semantics: keras3, or take another"
            + " initializer",
        assertThrows(
                ModelFileException.class,
                () -> REGISTRY.create(Initializer.class, "STFT", Map.of(), Semantics.TF2))
            .getMessage());
  }
}
