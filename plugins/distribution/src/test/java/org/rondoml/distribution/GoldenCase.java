package org.rondoml.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.core.io.NpzFormat;

/**
 * One folder of {@code golden/}: what Keras computed for a model file, and the comparison with it.
 *
 * @param folder the folder
 */
record GoldenCase(Path folder) {
  private static final Pattern BATCH_SIZE = Pattern.compile("batch_size: ([0-9]+)");

  /** Relative to the largest entry. Keras and Rondo add up in different orders. */
  private static final double DOUBLE = 1e-9;

  /** The same for single precision, whose unit in the last place is 6e-8, over tens of steps. */
  private static final double FLOAT = 1e-5;

  /**
   * What is zero but for rounding, such as the gradient of a bias in front of a normalization, in
   * models that are composed at random; the project's own cases have no such number.
   */
  private static final double ROUNDING = System.getProperty("golden") == null ? 0 : 1e-13;

  /** The cases of the project, or those of the folder that the system property golden names. */
  static Stream<GoldenCase> all() throws IOException, URISyntaxException {
    String other = System.getProperty("golden");
    if (other != null) {
      return in(Path.of(other)).stream();
    }
    URL golden = Objects.requireNonNull(GoldenCase.class.getResource("/golden"));
    List<GoldenCase> cases = in(Path.of(golden.toURI()));
    assertTrue(cases.size() > 50, "found only " + cases.size() + " cases");
    return cases.stream();
  }

  private static List<GoldenCase> in(Path folder) throws IOException {
    try (Stream<Path> folders = Files.list(folder)) {
      return folders.filter(Files::isDirectory).sorted().map(GoldenCase::new).toList();
    }
  }

  Path model() {
    return folder.resolve("model.yaml");
  }

  Path data() {
    return folder.resolve("data.npz");
  }

  /**
   * The weights to start from: Keras' own file, or where a case has none one made of its arrays.
   */
  Path initialWeights(Path temporary) {
    Path file = folder.resolve("initial.weights.h5");
    if (Files.exists(file)) {
      return file;
    }
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    expectedArrays("initial_").forEach(array -> arrays.put(Integer.toString(arrays.size()), array));
    Path npz = temporary.resolve("initial.npz");
    NpzFormat.write(npz, arrays);
    return npz;
  }

  /** The samples a step of its training, which stateful layers need for predictions, too. */
  int batchSize() throws IOException {
    Matcher matcher = BATCH_SIZE.matcher(Files.readString(model()));
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 32;
  }

  /** The training inputs, in the order of the model's: {@code x}, or one named as each Input. */
  List<INDArray> inputs() {
    List<String> names = NpzFormat.names(data());
    return names.contains("x")
        ? List.of(array(data(), "x"))
        : names.stream()
            .filter(name -> !name.startsWith("y") && !name.equals("sample_weight"))
            .map(name -> array(data(), name))
            .toList();
  }

  /** The model's outputs {@code before} or {@code after} training. */
  List<INDArray> expectedOutputs(String when) {
    Path file = folder.resolve("expected.npz");
    return NpzFormat.names(file).contains(when)
        ? List.of(array(file, when))
        : expectedArrays(when + "_");
  }

  void assertSameOutputs(String when, List<INDArray> found) {
    List<INDArray> expected = expectedOutputs(when);
    assertEquals(expected.size(), found.size(), "number of outputs");
    for (int i = 0; i < found.size(); i++) {
      assertSame(when + " " + i, expected.get(i), found.get(i));
    }
  }

  /** The arrays {@code initial_0}, {@code initial_1}, ... for a prefix {@code initial_}. */
  List<INDArray> expectedArrays(String prefix) {
    Path file = folder.resolve("expected.npz");
    long count = NpzFormat.names(file).stream().filter(n -> n.startsWith(prefix)).count();
    List<INDArray> arrays = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      arrays.add(array(file, prefix + i));
    }
    return arrays;
  }

  private static INDArray array(Path file, String name) {
    return Objects.requireNonNull(NpzFormat.read(file, List.of(name)).get(name));
  }

  void assertSame(String what, INDArray expected, INDArray found) {
    double[] e = expected.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    double[] f = found.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    assertEquals(e.length, f.length, what + ": number of elements");
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < e.length; i++) {
      assertTrue(Double.isFinite(f[i]), what + ": entry " + i + " is " + f[i]);
      largest = Math.max(largest, Math.abs(e[i]));
      difference = Math.max(difference, Math.abs(e[i] - f[i]));
    }
    double tolerance = expected.dataType() == DataType.DOUBLE ? DOUBLE : FLOAT;
    assertTrue(
        difference <= Math.max(tolerance * largest, ROUNDING),
        what + ": differs by " + difference + " where the largest entry is " + largest);
  }

  void assertSameWeights(List<INDArray> found) {
    List<INDArray> expected = expectedArrays("final_");
    assertEquals(expected.size(), found.size(), "number of weights");
    for (int i = 0; i < found.size(); i++) {
      assertSame("weight " + i, expected.get(i), found.get(i));
    }
  }

  void assertSameHistory(Map<String, List<Double>> found) throws IOException {
    JsonNode expected =
        new ObjectMapper().readTree(folder.resolve("expected.json").toFile()).get("history");
    List<String> names = new ArrayList<>();
    expected.fieldNames().forEachRemaining(names::add);
    assertEquals(
        names.stream().sorted().toList(),
        found.keySet().stream().sorted().toList(),
        "logged names");
    double tolerance =
        expectedOutputs("after").get(0).dataType() == DataType.DOUBLE ? DOUBLE : FLOAT;
    for (String name : names) {
      List<Double> values = Objects.requireNonNull(found.get(name));
      assertEquals(expected.get(name).size(), values.size(), name + ": epochs");
      for (int i = 0; i < values.size(); i++) {
        double value = expected.get(name).get(i).asDouble();
        assertEquals(
            value,
            values.get(i),
            Math.max(tolerance * Math.abs(value), ROUNDING),
            name + " of epoch " + (i + 1));
      }
    }
  }

  @Override
  public String toString() {
    return String.valueOf(folder.getFileName());
  }
}
