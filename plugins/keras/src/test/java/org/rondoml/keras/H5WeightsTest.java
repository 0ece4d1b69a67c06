package org.rondoml.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.DataException;
import org.rondoml.api.NamedWeight;
import org.rondoml.api.Semantics;
import org.rondoml.api.UsageException;
import org.rondoml.core.io.NpzFormat;
import org.rondoml.core.spi.Exporter;
import org.rondoml.core.spi.Exporter.LayerWeights;

/** The files of the fixtures were written by Keras 3 and tf_keras; README.md beside them tells. */
class H5WeightsTest {
  private final Exporter exporter =
      new H5Weights.Provider().create(new Exporter.NoConfig(), Semantics.KERAS3);

  @TempDir Path folder;

  static Stream<String> cases() {
    return Layers.CASES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsWhatKerasWrote(String name) {
    Map<String, INDArray> expected = NpzFormat.read(resource(name + "/expected.npz"));
    for (String when : List.of("initial", "expected")) {
      List<INDArray> values =
          Layers.numbered(expected, when.equals("initial") ? "initial" : "final");
      List<LayerWeights> layers = Layers.of(Layers.ofCase(name), values, values.get(0).dataType());
      exporter.read(resource(name + "/" + when + ".weights.h5"), layers);
      assertEquals(values, Layers.values(layers));
    }
  }

  /** MultiHeadAttention has {@code query_dense} in Keras 3 and {@code _query_dense} in tf_keras. */
  @Test
  void partsOfLayersAreFoundByTheNamesOfBothGenerations() {
    for (String written : List.of("query_dense", "_query_dense")) {
      String read = written.startsWith("_") ? "query_dense" : "_query_dense";
      Path file = folder.resolve(written + ".weights.h5");
      exporter.write(file, List.of(attention(written, 1.5)), Semantics.KERAS3);
      LayerWeights layer = attention(read, 0);
      exporter.read(file, List.of(layer));
      assertEquals(1.5, layer.weights().get(0).value().getDouble(1));
    }
  }

  private static LayerWeights attention(String group, double value) {
    NamedWeight kernel =
        new NamedWeight("attention", group, "query/kernel", Nd4j.valueArrayOf(2, value));
    return new LayerWeights("attention", "MultiHeadAttention", List.of(kernel));
  }

  @ParameterizedTest
  @EnumSource(Semantics.class)
  void readsWhatItWrites(Semantics semantics) {
    String names =
        "Input:input LSTM:lstm Dropout:dropout Bidirectional:b Dense:dense Flatten:f Softmax:z";
    List<INDArray> values = new ArrayList<>();
    for (long[] shape :
        new long[][] {
          {3, 16}, {4, 16}, {16}, {4, 12}, {3, 12}, {12}, {4, 12}, {3, 12}, {12}, {6, 2}, {2}
        }) {
      values.add(Nd4j.rand(DataType.FLOAT, shape));
    }
    List<LayerWeights> layers = layersOf(names, values);
    Path file = folder.resolve("w.weights.h5");
    exporter.write(file, layers, semantics);
    List<LayerWeights> read = Layers.of(names, values, DataType.FLOAT);
    exporter.read(file, read);
    assertEquals(values, Layers.values(read));
  }

  /** Groups, names and shapes, compared with a file by Keras, and its layers' names. */
  @ParameterizedTest
  @MethodSource("cases")
  void writesTheLayoutOfTheFileItRead(String name) {
    Map<String, INDArray> expected = NpzFormat.read(resource(name + "/expected.npz"));
    List<INDArray> values = Layers.numbered(expected, "initial");
    List<LayerWeights> layers = Layers.of(Layers.ofCase(name), values, values.get(0).dataType());
    Path original = resource(name + "/initial.weights.h5");
    exporter.read(original, layers);
    boolean keras3 = !name.endsWith("tf1") && !name.endsWith("tf2");
    Path file = folder.resolve(name + ".weights.h5");
    exporter.write(file, layers, keras3 ? Semantics.KERAS3 : Semantics.TF2);
    assertEquals(H5Content.of(original), H5Content.of(file));
  }

  @Test
  void writesAndReadsAModelWithoutWeights() {
    List<LayerWeights> layers = layersOf("Input:input Flatten:flatten", List.of());
    Path file = folder.resolve("none.weights.h5");
    exporter.write(file, layers, Semantics.TF1);
    exporter.read(file, layers);
    assertEquals(List.of("input_layer", "flatten"), LayerPaths.of(layers));
  }

  @Test
  void goesByTheLayersOwnNamesWhereTheFileHasThemAll() {
    List<INDArray> values = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      values.add(Nd4j.rand(DataType.FLOAT, 2, 2));
      values.add(Nd4j.rand(DataType.FLOAT, 2));
    }
    Path file = folder.resolve("w.weights.h5");
    exporter.write(file, layersOf("Dense:a Dense:b", values), Semantics.KERAS3);
    List<LayerWeights> turned = Layers.of("Dense:b Dense:a", values, DataType.FLOAT);
    exporter.read(file, turned);
    assertEquals(values.get(2), Layers.values(turned).get(0));
    List<LayerWeights> others = Layers.of("Dense:b Dense:c", values, DataType.FLOAT);
    exporter.read(file, others);
    assertEquals(values.get(0), Layers.values(others).get(0));
  }

  @Test
  void readsTheGroupNameOfKeras213() {
    Path file = folder.resolve("old.weights.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putGroup("_layer_checkpoint_dependencies")
          .putGroup("dense")
          .putGroup("vars")
          .putDataset("0", new float[][] {{1, 2}});
    }
    List<LayerWeights> layers = denseKernel(1, 2);
    exporter.read(file, layers);
    assertEquals(2, Layers.values(layers).get(0).getDouble(0, 1));
  }

  @Test
  void convertsToTheModelsPrecision() {
    List<INDArray> values =
        Layers.numbered(NpzFormat.read(resource("lstm-last/expected.npz")), "initial");
    List<LayerWeights> layers = Layers.of("LSTM:lstm", values, DataType.FLOAT);
    exporter.read(resource("lstm-last/initial.weights.h5"), layers);
    assertEquals(
        (float) values.get(0).getDouble(1, 2), Layers.values(layers).get(0).getFloat(1, 2));
  }

  @Test
  void refusesWhatIsNoWeightsFile() throws IOException {
    Path file = folder.resolve("w.weights.h5");
    assertRefused(file, denseKernel(1, 2), ": no such file");
    Files.write(file, new byte[] {'P', 'K', 3, 4});
    assertRefused(file, denseKernel(1, 2), ": not an HDF5 file: it does not start with \\x89HDF");
    byte[] whole = Files.readAllBytes(resource("lstm-last/initial.weights.h5"));
    for (int length : new int[] {8, 50}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertRefused(file, denseKernel(1, 2), ": damaged HDF5 file");
    }
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    assertRefused(
        file,
        denseKernel(1, 2),
        ": truncated: found " + (whole.length - 1) + " bytes, expected " + whole.length);
    Files.delete(file);
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putDataset("x", new float[] {1});
    }
    assertRefused(
        file, denseKernel(1, 2), ": not a Keras weights file: no group 'layers'; there are: x");
    Files.delete(file);
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putAttribute("layer_names", "dense");
    }
    assertRefused(
        file,
        denseKernel(1, 2),
        ": the HDF5 layout of Keras before 2.12; load it with tf_keras and save it with"
            + " model.save_weights('x.weights.h5')");
  }

  @Test
  void refusesAnotherModelsFile() {
    Path file = resource("lstm-stacked/initial.weights.h5");
    List<INDArray> values =
        Layers.numbered(NpzFormat.read(resource("lstm-stacked/expected.npz")), "initial");
    List<INDArray> more = new ArrayList<>(values);
    more.addAll(values.subList(6, 8));
    assertRefused(
        file,
        Layers.of("LSTM:lstm LSTM:lstm_1 Dense:dense Dense:out", more, DataType.DOUBLE),
        ": no weights for layer 'out': no group layers/dense_1; there are: dense, lstm, lstm_1");
    assertRefused(
        file,
        Layers.of("LSTM:lstm LSTM:lstm_1", values, DataType.DOUBLE),
        ": has weights for layers that the model does not have: dense");
    List<INDArray> wrong = new ArrayList<>(values);
    wrong.set(4, Nd4j.zeros(3, 16));
    assertRefused(
        file,
        Layers.of("LSTM:lstm LSTM:lstm_1 Dense:dense", wrong, DataType.DOUBLE),
        ": layers/lstm_1/cell/vars/1, the recurrent_kernel of layer 'lstm_1': found shape (3, 12),"
            + " expected (3, 16)");
  }

  @Test
  void refusesAWrongNumberOfArrays() {
    Path file = folder.resolve("w.weights.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      var vars = hdf.putGroup("layers").putGroup("dense").putGroup("vars");
      vars.putDataset("0", new float[][] {{1, 2}});
    }
    List<LayerWeights> dense =
        Layers.of("Dense:out", List.of(Nd4j.zeros(1, 2), Nd4j.zeros(2)), DataType.FLOAT);
    assertRefused(
        file,
        dense,
        ": layers/dense/vars has 1 arrays, but layer 'out' has 2 weights: kernel (1, 2), bias (2)");
  }

  @Test
  void refusesOtherNamesAndTypes() throws IOException {
    Path file = folder.resolve("w.weights.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putGroup("layers")
          .putGroup("dense")
          .putGroup("vars")
          .putDataset("kernel", new float[][] {{1, 2}});
    }
    assertRefused(file, denseKernel(1, 2), ": no array layers/dense/vars/0; there are: kernel");
    Files.delete(file);
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putGroup("layers")
          .putGroup("dense")
          .putGroup("vars")
          .putDataset("0", new int[][] {{1, 2}});
    }
    assertRefused(
        file,
        denseKernel(1, 2),
        ": layers/dense/vars/0: elements of type int; expected float32 or float64");
  }

  @Test
  void refusesOtherSuffixes() {
    Path file = folder.resolve("w.h5");
    List<LayerWeights> layers = denseKernel(1, 2);
    String message = file + ": expected a file name that ends in .weights.h5";
    assertEquals(
        message,
        assertThrows(UsageException.class, () -> exporter.read(file, layers)).getMessage());
    assertEquals(
        message,
        assertThrows(UsageException.class, () -> exporter.write(file, layers, Semantics.KERAS3))
            .getMessage());
    assertTrue(Files.notExists(file));
  }

  @Test
  void anyDamageIsOneClearLine() throws IOException {
    byte[] whole = Files.readAllBytes(resource("lstm-last/initial.weights.h5"));
    List<INDArray> values =
        Layers.numbered(NpzFormat.read(resource("lstm-last/expected.npz")), "initial");
    long seed = 22;
    Random random = new Random(seed);
    Path file = folder.resolve("damaged.weights.h5");
    int refused = 0;
    for (int round = 0; round < 300; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 20; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, damaged);
      try {
        exporter.read(file, Layers.of("LSTM:lstm", values, DataType.DOUBLE));
      } catch (DataException e) {
        refused++;
        assertTrue(String.valueOf(e.getMessage()).startsWith(file + ": "), e.toString());
      }
    }
    assertTrue(refused > 50, "seed " + seed + ": only " + refused + " refused");
  }

  private void assertRefused(Path file, List<LayerWeights> layers, String message) {
    assertEquals(
        file + message,
        assertThrows(DataException.class, () -> exporter.read(file, layers)).getMessage());
    for (INDArray value : Layers.values(layers)) {
      assertEquals(-7.0, value.maxNumber().doubleValue());
      assertEquals(-7.0, value.minNumber().doubleValue());
    }
  }

  private static List<LayerWeights> denseKernel(long... shape) {
    LayerWeights dense =
        Layers.of("Dense:dense", List.of(Nd4j.zeros(shape), Nd4j.zeros(2)), DataType.FLOAT).get(0);
    return List.of(new LayerWeights("dense", "Dense", dense.weights().subList(0, 1)));
  }

  private static List<LayerWeights> layersOf(String names, List<INDArray> values) {
    List<LayerWeights> layers = Layers.of(names, values, DataType.FLOAT);
    List<INDArray> targets = Layers.values(layers);
    for (int i = 0; i < values.size(); i++) {
      targets.get(i).assign(values.get(i));
    }
    return layers;
  }

  private static Path resource(String name) {
    try {
      return Path.of(Objects.requireNonNull(H5WeightsTest.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
