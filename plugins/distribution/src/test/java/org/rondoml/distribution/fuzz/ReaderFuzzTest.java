package org.rondoml.distribution.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.rondoml.api.ModelFileException;
import org.rondoml.api.Problem;
import org.rondoml.core.registry.Registry;
import org.rondoml.dsl.specification.Specification;
import org.rondoml.dsl.specification.SpecificationReader;

/**
 * Whatever a model file holds, it is read or refused: with a place and words for every mistake, no
 * defect, and soon. What is read comes to a document that reads back to the same.
 *
 * <p>{@code mvn verify} runs this for a minute, from the seeds in the resources and from what
 * earlier minutes found, which lies in {@code target/fuzz}. A file that fails is left there as
 * well; it becomes a seed when it is mended.
 */
class ReaderFuzzTest {
  private static final long NANOS_AT_MOST = 20_000_000_000L;

  private static final Registry REGISTRY = Registry.load(ReaderFuzzTest.class.getClassLoader());

  private static Path folder = Path.of("");

  @BeforeAll
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("rondo-fuzz");
  }

  @AfterAll
  static void deleteFolder() throws IOException {
    Files.deleteIfExists(folder.resolve("model.yaml"));
    Files.deleteIfExists(folder.resolve("resolved.yaml"));
    Files.deleteIfExists(folder);
  }

  @FuzzTest(maxDuration = "60s")
  @DictionaryEntries({
    "rondo: 1\\x0A",
    "model: {layers: [",
    "- Input: {shape: [3, 2]}\\x0A",
    "compile:\\x0A",
    "optimizer: ",
    "loss: ",
    "metrics: [",
    "class_name: ",
    "config: {",
    "from: [",
    "Bidirectional: {layer: {LSTM: ",
    "semantics: tf1\\x0A",
    "null",
    "1e-4",
    "1/255",
    ": ",
    "\\x0A- ",
    "\\x0A  ",
    "{}",
    "[]",
    "&a ",
    "*a",
    "<<: ",
    "!!int ",
    "${HOME}"
  })
  void readsOrRefuses(byte[] file) throws IOException {
    Path path = Files.write(folder.resolve("model.yaml"), file);
    long start = System.nanoTime();
    try {
      Specification model = read(path);
      String resolved = model.resolvedText();
      Path again = Files.writeString(folder.resolve("resolved.yaml"), resolved);
      assertEquals(resolved, read(again).resolvedText());
    } catch (ModelFileException mistakes) {
      assertFalse(mistakes.problems().isEmpty());
      mistakes.problems().forEach(ReaderFuzzTest::check);
    }
    assertTrue(System.nanoTime() - start < NANOS_AT_MOST);
  }

  private static Specification read(Path file) {
    return SpecificationReader.read(List.of(file), List.of(), REGISTRY);
  }

  private static void check(Problem problem) {
    assertFalse(problem.message().isBlank());
    assertFalse(problem.message().startsWith("a defect in "), problem::toString);
  }
}
