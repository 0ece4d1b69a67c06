package org.rondoml.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.DataException;
import org.rondoml.api.Semantics;
import org.rondoml.api.UsageException;
import org.rondoml.core.io.NpzFormat;
import org.rondoml.core.spi.Exporter;
import org.rondoml.core.spi.Exporter.LayerWeights;

class NpzWeightsTest {
  private static final String LAYERS = "Input:input LSTM:lstm Dropout:dropout Dense:dense";
  private static final List<INDArray> VALUES =
      List.of(
          Nd4j.rand(DataType.DOUBLE, 3, 16),
          Nd4j.rand(DataType.DOUBLE, 4, 16),
          Nd4j.rand(DataType.DOUBLE, 16),
          Nd4j.rand(DataType.DOUBLE, 4, 2),
          Nd4j.rand(DataType.DOUBLE, 2));

  private final Exporter exporter =
      new NpzWeights.Provider().create(new Exporter.NoConfig(), Semantics.KERAS3);

  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void nameFile() {
    file = folder.resolve("w.npz");
  }

  @Test
  void writesArraysInTheOrderOfGetWeights() {
    List<LayerWeights> layers = layers(DataType.DOUBLE);
    for (int i = 0; i < VALUES.size(); i++) {
      Layers.values(layers).get(i).assign(VALUES.get(i));
    }
    exporter.write(file, layers, Semantics.KERAS3);
    Map<String, INDArray> written = NpzFormat.read(file);
    assertEquals(List.of("0", "1", "2", "3", "4"), List.copyOf(written.keySet()));
    assertEquals(VALUES, List.copyOf(written.values()));
  }

  @Test
  void readsWhatItWritesAndWhatNumPyNames() {
    for (String prefix : List.of("", "arr_")) {
      write(prefix, VALUES);
      List<LayerWeights> layers = layers(DataType.DOUBLE);
      exporter.read(file, layers);
      assertEquals(VALUES, Layers.values(layers));
    }
  }

  @Test
  void convertsToTheModelsPrecision() {
    write("", VALUES);
    List<LayerWeights> layers = layers(DataType.FLOAT);
    exporter.read(file, layers);
    INDArray kernel = Layers.values(layers).get(0);
    assertEquals(DataType.FLOAT, kernel.dataType());
    assertEquals((float) VALUES.get(0).getDouble(1, 2), kernel.getFloat(1, 2));
  }

  @Test
  void aFileThatDoesNotFitChangesNothing() {
    List<INDArray> wrong = new ArrayList<>(VALUES);
    wrong.set(4, Nd4j.rand(DataType.DOUBLE, 3));
    write("", wrong);
    assertRefused(file + ": array '4', the bias of layer 'dense': found shape (3), expected (2)");
    write("", VALUES.subList(0, 4));
    assertRefused(
        file
            + ": 4 arrays, but the model has 5 weights; expected one array a weight, named 0, 1, ..."
            + " in the order of Keras' get_weights()");
    write("w", VALUES);
    assertRefused(file + ": no array '0'; there are: w0, w1, w2, w3, w4");
  }

  @Test
  void refusesMissingFilesAndOtherSuffixes() {
    assertRefused(file + ": no such file");
    Path other = folder.resolve("w.npy");
    List<LayerWeights> layers = layers(DataType.FLOAT);
    assertEquals(
        other + ": expected a file name that ends in .npz",
        assertThrows(UsageException.class, () -> exporter.read(other, layers)).getMessage());
    assertEquals(
        other + ": expected a file name that ends in .npz",
        assertThrows(UsageException.class, () -> exporter.write(other, layers, Semantics.TF1))
            .getMessage());
    assertTrue(Files.notExists(other));
  }

  private void assertRefused(String message) {
    List<LayerWeights> layers = layers(DataType.DOUBLE);
    assertEquals(
        message, assertThrows(DataException.class, () -> exporter.read(file, layers)).getMessage());
    for (INDArray value : Layers.values(layers)) {
      assertEquals(-7.0, value.maxNumber().doubleValue());
      assertEquals(-7.0, value.minNumber().doubleValue());
    }
  }

  private void write(String prefix, List<INDArray> values) {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    for (INDArray value : values) {
      arrays.put(prefix + arrays.size(), value);
    }
    NpzFormat.write(file, arrays);
  }

  private static List<LayerWeights> layers(DataType type) {
    return Layers.of(LAYERS, VALUES, type);
  }
}
