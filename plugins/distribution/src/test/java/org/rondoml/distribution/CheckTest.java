package org.rondoml.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.core.io.NpzFormat;

/** What {@code rondo check} tells beside mistakes. */
class CheckTest {
  @TempDir private Path temporary = Path.of("");

  /** Three samples of two classes. */
  private Path write(float... labels) throws IOException {
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    arrays.put("x", Nd4j.createFromArray(0f, 1, 2, 3, 4, 5).reshape('c', 3, 2));
    arrays.put("y", Nd4j.createFromArray(labels));
    NpzFormat.write(temporary.resolve("d.npz"), arrays);
    return Files.writeString(
        temporary.resolve("m.yaml"),
        """
        rondo: 1
        name: small
        data:
          train: {npz: {path: d.npz, y: y}}
          validation: {npz: {path: "d.npz", y: y}}
        model:
          layers:
            - Input: {shape: [2]}
            - Dense: {units: 2, activation: softmax}
        compile: {optimizer: sgd, loss: sparse_categorical_crossentropy}
        """);
  }

  @Test
  void dataIsToldInATable() throws IOException {
    Path file = write(0, 1, 1);
    CommandLineRun run = CommandLineRun.of("check", "--data", file.toString());
    assertEquals(0, run.status(), run.err());
    assertEquals("", run.err());
    assertEquals(
        """
        Data        Samples  Array       Shape  Values
        -----------------------------------------------------------
        train       3        x (input)   (2)    float32 from 0 to 5
        train       3        y (target)  ()     float32 from 0 to 1
        validation  3        x (input)   (2)    float32 from 0 to 5
        validation  3        y (target)  ()     float32 from 0 to 1

        Classes of y in train:
          0: 1 (33.3 %)  1: 2 (66.7 %)

        Classes of y in validation:
          0: 1 (33.3 %)  1: 2 (66.7 %)
        """,
        run.out().substring(run.out().indexOf("Data  ")));
  }

  @Test
  void dataIsThereForMachines() throws IOException {
    Path file = write(0, 1, 1);
    CommandLineRun run =
        CommandLineRun.of("check", "--data", "--kernels", "--format", "json", file.toString());
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertEquals("small", json.get("name").asText());
    assertEquals("[]", json.get("warnings").toString());
    assertEquals(
        "{\"role\":\"target\",\"name\":\"y\",\"shape\":[],\"type\":\"float32\",\"least\":0.0,"
            + "\"greatest\":1.0,\"classes\":{\"0\":1,\"1\":2}}",
        json.get("data").get(0).get("arrays").get(1).toString());
    assertEquals("dense", json.get("kernels").get(0).get("layer").asText());
  }

  @Test
  void aLabelThatIsNoClassIsToldWithItsSample() throws IOException {
    Path file = write(0, 1, 2);
    CommandLineRun run = CommandLineRun.of("check", "--data", file.toString());
    assertEquals(3, run.status());
    assertEquals(
        temporary.resolve("d.npz")
            + ": sample 2: label 2 is none of the class numbers 0 to 1 of an output with 2 units:"
            + " number the classes from 0, and give the last layer a unit for each\n",
        run.err());
  }

  @Test
  void filesThatAreNotThereAreDoubted() throws IOException {
    Path file = write(0, 1, 1);
    Files.delete(temporary.resolve("d.npz"));
    CommandLineRun run = CommandLineRun.of("check", file.toString());
    assertEquals(0, run.status());
    String missing =
        "no such file: "
            + temporary.resolve("d.npz")
            + "; paths are relative to the folder of the model file\n";
    assertEquals(
        file
            + ":4:10: warning: data.train: "
            + missing
            + "    4 |   train: {npz: {path: d.npz, y: y}}\n"
            + "      |          ^\n"
            + file
            + ":5:15: warning: data.validation: "
            + missing
            + "    5 |   validation: {npz: {path: \"d.npz\", y: y}}\n"
            + "      |               ^\n",
        run.err());
    assertEquals(3, CommandLineRun.of("check", "--data", file.toString()).status());
  }

  @Test
  void aPictureIsDrawnAndNoOtherFileIsHarmed() throws IOException {
    Path file = write(0, 1, 1);
    Path picture = temporary.resolve("model.svg");
    for (int i = 0; i < 2; i++) {
      CommandLineRun run =
          CommandLineRun.of("check", file.toString(), "--plot", picture.toString());
      assertEquals(0, run.status(), run.err());
    }
    String svg = Files.readString(picture);
    assertTrue(svg.startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 300 200\""));
    assertTrue(svg.contains("<text class=\"name\" x=\"150.0\" y=\"137\">dense</text>"), svg);
    assertFalse(svg.contains("null"), svg);

    CommandLineRun refused = CommandLineRun.of("check", file.toString(), "--plot", file.toString());
    assertEquals(2, refused.status());
    assertEquals(
        file
            + " is there, and is no picture that rondo wrote: name another file, or remove this one"
            + " first\n",
        refused.err());
    assertTrue(Files.readString(file).startsWith("rondo: 1"));
  }
}
