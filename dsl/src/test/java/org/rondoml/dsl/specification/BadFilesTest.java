package org.rondoml.dsl.specification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.rondoml.api.ModelFileException;
import org.rondoml.core.registry.Registry;

/** Reads every file of {@code bad-files.txt} and compares all that is said of it. */
class BadFilesTest {
  private final Registry registry = TestComponents.registry();

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyMistakeIsTold() throws IOException {
    return cases().map(c -> DynamicTest.dynamicTest(c.name, () -> check(c)));
  }

  @Test
  void theCorpusIsThere() throws IOException {
    assertTrue(cases().count() >= 160);
  }

  private record Case(String name, String file, String messages) {}

  private static Stream<Case> cases() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(BadFilesTest.class.getResourceAsStream("bad-files.txt"))) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(all.split("(?m)^=== ")).skip(1).map(BadFilesTest::parse);
    }
  }

  private static Case parse(String text) {
    int name = text.indexOf('\n');
    int messages = text.indexOf("\n>>>\n", name);
    return new Case(
        text.substring(0, name),
        text.substring(name + 1, messages + 1),
        text.substring(messages + 5).strip());
  }

  private void check(Case bad) throws IOException {
    Path file = Files.writeString(folder.resolve("model.yaml"), bad.file);

    ModelFileException thrown =
        assertThrows(
            ModelFileException.class,
            () -> SpecificationReader.read(List.of(file), List.of(), registry));

    assertEquals(bad.messages, thrown.getMessage().replace(folder + "/", ""));
    assertEquals(bad.file, Files.readString(file));
  }
}
