package org.rondoml.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.core.io.NpzFormat;

/**
 * {@code rondo generate} with a network whose weights are made by hand. It is fed J, A, Z, Z letter
 * by letter; after a Z, only its state tells whether another one follows.
 */
class GenerateTest {
  private static final String MODEL =
      """
      rondo: 1
      seed: 1
      data:
        train: {text: {path: jazz.txt, sequence_length: 4}}
      model:
        layers:
          - Input: {shape: [4]}
          - Embedding: {input_dim: 5, output_dim: 3}
          - SimpleRNN: {units: 4, activation: relu, return_sequences: true}
          - Dense: {units: 5, activation: softmax}
      compile: {optimizer: {SGD: {learning_rate: 1e-30}}, loss: sparse_categorical_crossentropy}
      """;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("jazz.txt"), "JAZZ".repeat(9));
    Files.writeString(folder.resolve("model.yaml"), MODEL);
    writeWeights("weights.npz", 30);
  }

  /**
   * The network: of its four units, one is on after J, one after A, one after a Z that follows A,
   * and one after a Z that follows that. Tokens are numbered by how often they come, and equally
   * frequent ones from the end of the alphabet: 2 is Z, 3 is J, 4 is A.
   *
   * @param certainty the logit of the token that comes next; the others have 0
   */
  private void writeWeights(String file, float certainty) {
    float c = certainty;
    Map<String, INDArray> weights = new LinkedHashMap<>();
    for (float[][] matrix :
        new float[][][] {
          {{0, 0, 0}, {0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}}, // embeddings: Z, J, A
          {{0, 0, 1, 1}, {1, 0, 0, 0}, {0, 1, 0, 0}}, // from Z, J and A to the units
          {{0, 0, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}, {0, 0, 0, 0}}, // from the state to the units
          {{0, 0, -1, -1}}, // a Z alone is not enough
          {{0, 0, 0, 0, c}, {0, 0, c, 0, 0}, {0, 0, c, 0, 0}, {0, 0, 0, c, 0}}, // A, Z, Z, J
          {{0, 0, 0, 0, 0}}
        }) {
      INDArray array = Nd4j.createFromArray(matrix);
      weights.put(
          Integer.toString(weights.size()),
          matrix.length == 1 ? array.reshape(array.length()) : array);
    }
    NpzFormat.write(folder.resolve(file), weights);
  }

  private String path(String file) {
    return folder.resolve(file).toString();
  }

  private CommandLineRun generate(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("generate", path("model.yaml"), "--initial-weights", path("weights.npz")));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private static void assertWrites(String text, CommandLineRun run) {
    assertEquals("", run.err());
    assertEquals(text + "\n", run.out());
    assertEquals(0, run.status());
  }

  private static void assertRefused(int status, String message, CommandLineRun run) {
    assertEquals(message + "\n", run.err());
    assertEquals("", run.out());
    assertEquals(status, run.status());
  }

  @Test
  void continuesWhatItReadsLetterByLetter() {
    assertWrites(
        "JAZZJAZZJAZZJ", generate("--prompt", "J", "--length", "12", "--temperature", "0"));
    assertWrites("JAZZJ", generate("--prompt", "JAZ", "--length", "2", "--seed", "1"));
    assertWrites(
        "ZZJAZZJAZZJ",
        generate("--prompt", "ZZJAZZJAZ", "--length", "2", "--temperature", "0.3", "--seed", "2"));
    String all = generate("--prompt", "J", "--temperature", "0").out();
    assertEquals("J" + "AZZJ".repeat(50) + "\n", all);
  }

  @Test
  void aRunKnowsItsTokensWithoutItsData() throws IOException {
    CommandLineRun train =
        CommandLineRun.of(
            "train",
            path("model.yaml"),
            "--initial-weights",
            path("weights.npz"),
            "-o",
            path("run"),
            "--progress",
            "none");
    assertEquals(0, train.status(), train.err());
    CommandLineRun resumed =
        CommandLineRun.of("train", path("run"), "--resume", "--set", "fit.epochs=2");
    assertEquals(0, resumed.status(), resumed.err());
    Files.delete(folder.resolve("jazz.txt"));

    assertWrites(
        "JAZZJAZZ",
        CommandLineRun.of(
            "generate", path("run"), "--prompt", "JA", "--length", "6", "--temperature", "0"));

    // More A than J, which would have other numbers in a vocabulary of its own.
    Files.writeString(folder.resolve("other.txt"), "AZZJA");
    CommandLineRun evaluated =
        CommandLineRun.of(
            "evaluate",
            path("run"),
            "--data",
            "{text: {path: '" + path("other.txt") + "', sequence_length: 4}}");
    assertEquals(0, Double.parseDouble(evaluated.out().replace("loss: ", "")), 1e-6);
  }

  @Test
  void theSameSeedWritesTheSame() {
    writeWeights("weights.npz", 0.5f);
    CommandLineRun drawn = generate("--prompt", "J");
    String seed = drawn.err().replaceAll("seed (\\d+); --seed writes the same text again\n", "$1");

    assertTrue(seed.matches("\\d+"), drawn.err());
    assertWrites(drawn.out().strip(), generate("--prompt", "J", "--seed", seed));
    assertNotEquals(drawn.out(), generate("--prompt", "J", "--seed", seed + 1).out());
    assertEquals(201, drawn.out().strip().length());
  }

  @Test
  void logitsAreTakenAsTheLossTakesThem() {
    writeWeights("weights.npz", 0.5f);
    String[] wanted = {"--prompt", "J", "--seed", "5"};
    String expected = generate(wanted).out();
    List<String> arguments = new ArrayList<>(List.of(wanted));
    arguments.addAll(List.of("--set", "model.layers.3.Dense={units: 5}"));
    String[] linear = arguments.toArray(String[]::new);

    assertRefused(
        3,
        "the model puts out numbers that are no probabilities, whose sum is 0.5: give its last layer"
            + " activation: softmax, or its loss from_logits: true",
        generate(linear));
    arguments.addAll(
        List.of("--set", "compile.loss={SparseCategoricalCrossentropy: {from_logits: true}}"));
    assertEquals(expected, generate(arguments.toArray(String[]::new)).out());
  }

  @Test
  void modelsThatAnswerAfterAWindow() {
    String[] last = {
      "--set",
      "data.train.text.targets=last_step",
      "--set",
      "model.layers.2.SimpleRNN={units: 4, activation: relu}",
      "--length",
      "6",
      "--temperature",
      "0",
      "--prompt"
    };
    assertWrites("JAZZJAZZJA", generate(with(last, "JAZZ")));
    assertRefused(
        2,
        "--prompt: found 2 tokens, expected at least 4: the model answers after a whole window of"
            + " them; one that is trained with a target for every step, or masks padding, continues"
            + " shorter texts",
        generate(with(last, "JA")));
    assertWrites(
        "JAZZJAZZ", generate(with(last, "JA", "--set", "model.layers.1.Embedding.mask_zero=true")));
  }

  private static String[] with(String[] arguments, String... more) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void modelsThatLookAheadAreRefused() throws IOException {
    Files.writeString(
        folder.resolve("both.yaml"),
        MODEL.replace(
            "SimpleRNN: {units: 4, activation: relu, return_sequences: true}",
            "Bidirectional: {layer: {LSTM: {units: 4, return_sequences: true}}}"));
    CommandLineRun train =
        CommandLineRun.of("train", path("both.yaml"), "-o", path("run"), "--progress", "none");
    assertEquals(0, train.status(), train.err());
    String message =
        "the model looks ahead: what it says after a token depends on the tokens behind it, which a"
            + " text to be continued doesn't have; leave out Bidirectional and other layers that look"
            + " ahead, or train it with targets of the last step";

    for (String prompt : List.of("J", "JAZZ", "JAZZJAZZ")) {
      assertRefused(
          2,
          message,
          CommandLineRun.of("generate", path("run"), "--prompt", prompt, "--temperature", "0"));
    }
  }

  @Test
  void wordsAreSeparated() throws IOException {
    Files.writeString(folder.resolve("jazz.txt"), "jay ay zed\nzed ".repeat(9));
    String[] words = {
      "--set", "data.train.text.split=whitespace", "--temperature", "0", "--length", "3"
    };
    assertWrites("jay ay zed zed", generate(with(words, "--prompt", "jay")));
    assertWrites("jay  ay\nzed zed jay", generate(with(words, "--prompt", "jay  ay\n")));
  }

  @Test
  void withoutAPromptALineBegins() throws IOException {
    CommandLineRun drawn = generate("--seed", "3", "--length", "4");
    assertEquals(5, drawn.out().strip().length(), drawn.out());

    // The line end takes the place of the J, after which A comes.
    Files.writeString(folder.resolve("jazz.txt"), "\nAZZ".repeat(9));
    Files.writeString(
        folder.resolve("model.yaml"),
        MODEL.replace("sequence_length: 4", "sequence_length: 4, vocabulary: [Z, \"\\n\", A]"));
    assertWrites("AZZ\nA", generate("--temperature", "0", "--length", "5"));
  }

  @Test
  void tellsProgramsInJson() throws IOException {
    CommandLineRun run =
        generate("--prompt", "J", "--length", "3", "--seed", "4", "--format", "json");
    JsonNode json = new ObjectMapper().readTree(run.out());

    assertEquals(
        "{\"prompt\":\"J\",\"text\":\"AZZ\",\"temperature\":1.0,\"seed\":4}", json.toString());
    assertEquals("", run.err());
  }

  @Test
  void mistakesAreTold() throws IOException {
    assertRefused(
        2,
        "--prompt: the text that the model was trained on has no 'O', 'B'; it has 'Z', 'J', 'A'",
        generate("--prompt", "JOB"));
    assertRefused(
        2,
        "--prompt: has no tokens in it; give it text to continue, or leave it out",
        generate("--prompt", "", "--seed", "1"));
    assertRefused(2, "--length: found 0, expected at least 1", generate("--length", "0"));
    assertRefused(
        2,
        "--temperature: found -1.0, expected a number of at least 0",
        generate("--temperature", "-1"));
    Path small = SmallModel.write(Files.createDirectory(folder.resolve("small")));
    String run = path("small/run");
    CommandLineRun.of("train", small.toString(), "-o", run, "--progress", "none");
    assertRefused(
        2,
        Path.of(run, "model.yaml")
            + ": is no model of text: its data.train reads none; expected a source that does, such as"
            + " text",
        CommandLineRun.of("generate", run));
  }

  @Test
  void modelsOfAnotherKindAreRefused() {
    assertRefused(
        2,
        "a model that continues texts takes a window of tokens, such as (100), and puts out 7"
            + " numbers, one for each token, or such a row for each step of the window; this one takes"
            + " (4) and puts out (4, 5)",
        generate("--prompt", "J", "--set", "data.train.text.vocabulary=[a, b, c, d, J]"));
  }

  @Test
  void aVocabularyThatDoesNotFitIsToldBeforeTraining() throws IOException {
    Files.writeString(folder.resolve("jazz.txt"), "JAZZ JAZZ");
    assertRefused(
        3,
        path("jazz.txt")
            + ": the vocabulary has 6 tokens, but layer 'embedding' takes 5, and the output 'dense' has"
            + " 5 units: write 6 for each",
        CommandLineRun.of("train", path("model.yaml"), "-o", path("run")));
    assertRefused(
        3,
        path("jazz.txt")
            + ": the vocabulary has 6 tokens, but the output 'dense' has 5 units: write 6 instead",
        CommandLineRun.of(
            "check",
            "--data",
            path("model.yaml"),
            "--set",
            "model.layers.1.Embedding.input_dim=6"));
  }

  @Test
  void checkTellsHowManyTokensThereAre() {
    CommandLineRun check = CommandLineRun.of("check", "--data", path("model.yaml"));
    assertTrue(
        check
            .out()
            .endsWith(
                """
                Data   Samples  Array       Shape  Values
                ----------------------------------------------------
                train  8        x (input)   (4)    int32 from 2 to 4
                train  8        y (target)  (4)    int32 from 2 to 4
                train: 36 tokens, 0 of them unknown; a vocabulary of 5
                """),
        check.out());
  }
}
