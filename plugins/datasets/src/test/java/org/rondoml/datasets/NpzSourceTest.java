package org.rondoml.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.DataException;
import org.rondoml.api.Semantics;
import org.rondoml.core.io.NpzFormat;
import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Dataset;

class NpzSourceTest {
  private static final INDArray SEQUENCE =
      Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}, {5, 6}});
  private static final INDArray SIDE = Nd4j.createFromArray(new double[][] {{1}, {2}, {3}});
  private static final INDArray LABELS = Nd4j.createFromArray(2L, 1L, 0L);
  private static final INDArray WEIGHTS = Nd4j.createFromArray(1.0f, 2.0f, 0.5f);

  @TempDir Path folder;

  @BeforeEach
  void write() {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    arrays.put("seq", SEQUENCE);
    arrays.put("side", SIDE);
    arrays.put("y", LABELS);
    arrays.put("sample_weight", WEIGHTS);
    arrays.put("short", Nd4j.createFromArray(1L, 2L));
    arrays.put("number", Nd4j.scalar(1.0));
    NpzFormat.write(folder.resolve("data.npz"), arrays);
  }

  @Test
  void readsOneInputAsX() {
    Dataset data = load(List.of("seq"), List.of("y"), "sample_weight");
    assertEquals(Map.of("x", SEQUENCE), data.inputs());
    assertEquals(List.of(LABELS), data.targets());
    assertEquals(LABELS.dataType(), data.targets().get(0).dataType());
    assertEquals(WEIGHTS, data.sampleWeights());
    assertEquals(folder.resolve("data.npz").toString(), data.origin());
  }

  @Test
  void readsSeveralInputsAndOutputsByName() {
    Dataset data = load(List.of("side", "seq"), List.of("y", "side"), null);
    assertEquals(List.of("side", "seq"), List.copyOf(data.inputs().keySet()));
    assertEquals(SIDE, data.inputs().get("side"));
    assertArrayEquals(new long[] {3, 2}, Objects.requireNonNull(data.inputs().get("seq")).shape());
    assertEquals(List.of(LABELS, SIDE), data.targets());
    assertNull(data.sampleWeights());
  }

  @Test
  void readsInputsAlone() {
    assertEquals(List.of(), load(List.of("seq"), null, null).targets());
  }

  @Test
  void refusesWhatDoesNotFit() {
    Path file = folder.resolve("data.npz");
    assertRefused(
        List.of("x"),
        null,
        null,
        file + ": no array 'x'; there are: seq, side, y, sample_weight, short, number");
    assertRefused(
        List.of("seq"),
        List.of("short"),
        null,
        file
            + ": array 'y' has 2 rows, but the first input has 3; every array needs one row a sample");
    assertRefused(
        List.of("seq"),
        List.of("number"),
        null,
        file + ": array 'number': a single number; expected an array with one row a sample");
    assertRefused(
        List.of("seq"),
        List.of("y"),
        "short",
        file
            + ": array 'sample_weight' has 2 rows, but the first input has 3; every array needs one"
            + " row a sample");
  }

  @Test
  void refusesNamesThatSayNothing() {
    ConfigException e = assertThrows(ConfigException.class, () -> load(List.of(), null, null));
    assertEquals("x", e.key());
    assertEquals("found an empty list; expected the name of an array", e.getMessage());
    e = assertThrows(ConfigException.class, () -> load(List.of("seq", "seq"), null, null));
    assertEquals("names an array twice; expected one array an input", e.getMessage());
  }

  private void assertRefused(
      List<String> x, @Nullable List<String> y, @Nullable String weights, String message) {
    assertEquals(
        message, assertThrows(DataException.class, () -> load(x, y, weights)).getMessage());
  }

  private Dataset load(List<String> x, @Nullable List<String> y, @Nullable String weights) {
    NpzSource.Config config = new NpzSource.Config(Path.of("data.npz"), x, y, weights);
    return new NpzSource.Provider().create(config, Semantics.KERAS3).load(folder);
  }
}
