package org.rondoml.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.DataException;
import org.rondoml.api.Semantics;
import org.rondoml.core.io.NpyFormat;
import org.rondoml.core.spi.DataSource;
import org.rondoml.core.spi.Dataset;

class NpySourceTest {
  private static final INDArray X = Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}});
  private static final INDArray Y = Nd4j.createFromArray(1, 0);

  @TempDir Path folder;

  @Test
  void readsInputsAndTargets() {
    NpyFormat.write(folder.resolve("x.npy"), X);
    NpyFormat.write(folder.resolve("y.npy"), Y);
    Dataset data = source(new NpySource.Config(Path.of("x.npy"), Path.of("y.npy"))).load(folder);
    assertEquals(Map.of("x", X), data.inputs());
    assertEquals(List.of(Y), data.targets());
    assertEquals(
        List.of(), source(new NpySource.Config(Path.of("x.npy"), null)).load(folder).targets());
  }

  @Test
  void refusesWhatDoesNotFit() {
    NpyFormat.write(folder.resolve("x.npy"), X);
    NpyFormat.write(folder.resolve("y.npy"), Nd4j.createFromArray(1, 0, 1));
    NpyFormat.write(folder.resolve("number.npy"), Nd4j.scalar(1.0));
    assertRefused(
        new NpySource.Config(Path.of("x.npy"), Path.of("y.npy")),
        folder.resolve("y.npy")
            + ": 3 rows, but "
            + folder.resolve("x.npy")
            + " has 2; every sample needs one row in each");
    assertRefused(
        new NpySource.Config(Path.of("number.npy"), null),
        folder.resolve("number.npy")
            + ": a single number; expected an array with one row a sample");
    assertRefused(
        new NpySource.Config(Path.of("none.npy"), null),
        folder.resolve("none.npy") + ": no such file");
  }

  private void assertRefused(NpySource.Config config, String message) {
    DataSource source = source(config);
    assertEquals(
        message, assertThrows(DataException.class, () -> source.load(folder)).getMessage());
  }

  private static DataSource source(NpySource.Config config) {
    return new NpySource.Provider().create(config, Semantics.KERAS3);
  }
}
