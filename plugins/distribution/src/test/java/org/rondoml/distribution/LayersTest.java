package org.rondoml.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Model;
import org.rondoml.api.Rondo;
import org.rondoml.core.io.NpzFormat;

/** What only a whole model shows of its layers. */
class LayersTest {
  /** Several shards. */
  private static final int SAMPLES = 256;

  @TempDir private Path folder = Path.of("");

  /** Writes a model of some layers, with inputs x and targets of zeros. */
  private Path model(INDArray x, long[] target, String layers) throws IOException {
    INDArray y = Nd4j.zeros(target);
    NpzFormat.write(folder.resolve("data.npz"), Map.of("x", x, "y", y));
    Path file = folder.resolve("model.yaml");
    Files.writeString(
        file,
        """
        rondo: 1
        seed: 3
        data: {train: {npz: {path: data.npz, x: x, y: y}}}
        model:
          layers:
        %s
        compile: {optimizer: SGD, loss: mse}
        fit: {epochs: 1, batch_size: 256}
        """
            .formatted(layers.indent(4).stripTrailing()),
        StandardCharsets.UTF_8);
    return file;
  }

  /** The loss of a step of training: the mean of the squares of the output. */
  private double trainingLoss(Path file) {
    try (Model model = Rondo.open(file)) {
      return model.fit().values().get("loss").get(0);
    }
  }

  private double lossOfDropout(String keys) throws IOException {
    return trainingLoss(
        model(
            Nd4j.ones(SAMPLES, 1),
            new long[] {SAMPLES, 1},
            """
            - Input: {shape: [1], name: x}
            - Dropout: {rate: 0.5, %s}
            - Dense: {units: 1, kernel_initializer: ones}
            """
                .formatted(keys)));
  }

  /** All are 2, or all are 0: if each shard drew for itself, some would be one, some the other. */
  @Test
  void dropoutIsSharedByTheWholeBatchWhereAskedFor() throws IOException {
    for (int seed = 0; seed < 8; seed++) {
      double loss = lossOfDropout("noise_shape: [1, 1], seed: " + seed);
      assertTrue(loss == 0 || loss == 4, "seed " + seed + ": loss " + loss);
    }
  }

  /** The squares are 4 or 0, so 2 in the mean, with a standard deviation of 2 / sqrt(256). */
  @Test
  void samplesOfAllShardsDropIndependently() throws IOException {
    assertEquals(2, lossOfDropout("seed: 1"), 5 * 2 / Math.sqrt(SAMPLES));
  }

  /** (a - b)² with a and b 2 or 0: 2 in the mean if independent, 0 if the same. */
  @Test
  void layersDropIndependently() throws IOException {
    double loss =
        trainingLoss(
            model(
                Nd4j.ones(SAMPLES, 1),
                new long[] {SAMPLES, 1},
                """
                - Input: {shape: [1], name: x}
                - {Dropout: {rate: 0.5, name: a}, from: x}
                - {Dropout: {rate: 0.5, name: b}, from: x}
                - {Subtract: {}, from: [a, b]}
                - Dense: {units: 1, kernel_initializer: ones}
                """));
    assertEquals(2, loss, 5 * 2 / Math.sqrt(SAMPLES));
  }

  @Test
  void aMaskThatALayerCantUseIsToldWithItsName() throws IOException {
    Path file =
        model(
            Nd4j.ones(4, 3, 2),
            new long[] {4, 3, 2},
            """
            - Input: {shape: [3, 2]}
            - Masking
            - Softmax: {name: weights}
            """);
    CommandLineRun run =
        CommandLineRun.of("train", file.toString(), "-o", folder.resolve("run").toString());
    assertEquals(3, run.status(), run.err());
    assertTrue(
        run.err()
            .contains(
                "layer 'weights': Softmax uses masks that tell of each element, found one of shape"
                    + " (3) for inputs of shape (3, 2): Activation: softmax leaves masks alone"),
        run.err());
  }

  @Test
  void aNumberOutsideAnEmbeddingIsAMistakeOfTheData() throws IOException {
    Path file =
        model(
            Nd4j.ones(4, 3).muli(12),
            new long[] {4, 2},
            """
            - Input: {shape: [3], dtype: int32}
            - Embedding: {input_dim: 10, output_dim: 2}
            - Flatten
            - Dense: 2
            """);
    CommandLineRun run =
        CommandLineRun.of("train", file.toString(), "-o", folder.resolve("run").toString());
    assertEquals(3, run.status(), run.err());
    assertTrue(
        run.err()
            .contains(
                "Embedding: found 12 in its input, expected whole numbers from 0 to 9, as input_dim"
                    + " is 10: give it a larger input_dim, or look at the data"),
        run.err());
  }

  @Test
  void keysThatOnlyALaterKerasKnowsAreRefusedByName() throws IOException {
    Path file =
        model(
            Nd4j.ones(4, 3),
            new long[] {4, 3, 2},
            """
            - Input: {shape: [3], sparse: true}
            - Embedding: {input_dim: 10, output_dim: 2, lora_rank: 4, input_length: 3}
            """);
    CommandLineRun run = CommandLineRun.of("check", file.toString());
    assertEquals(2, run.status(), run.err());
    assertTrue(run.err().contains("Input.sparse: unknown key"), run.err());
    assertTrue(run.err().contains("Embedding.lora_rank: unknown key"), run.err());
    assertTrue(
        run.err()
            .contains(
                "Embedding.input_length: not known in semantics: keras3; leave it out: the Input"
                    + " says it"),
        run.err());
  }
}
