package org.rondoml.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondoml.dsl.language.Origins;
import org.rondoml.dsl.specification.Specification;
import org.rondoml.dsl.specification.SpecificationReader;

/** What {@code rondo resolve} prints is the model file again. */
class ResolveTest {
  @TempDir private Path temporary = Path.of("");

  static Stream<GoldenCase> cases() throws IOException, URISyntaxException {
    return GoldenCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsBackToTheSame(GoldenCase golden) throws IOException {
    Specification model = SmallModel.read(golden.model());
    String text = Origins.text(model.resolved());
    Path file = Files.writeString(temporary.resolve("m.yaml"), text);
    Specification again = SpecificationReader.read(List.of(file), List.of(), SmallModel.registry());
    assertEquals(model.resolvedText(), again.resolvedText());
    // A comment behind every value, and behind nothing else.
    assertEquals(
        List.of(),
        text.lines().filter(line -> line.matches("[^#]*[:-]") == line.contains(" # ")).toList());
  }

  @Test
  void tellsWhereValuesComeFrom() throws IOException {
    Path lower =
        Files.writeString(
            temporary.resolve("a.yaml"),
            """
            rondo: 1
            name: a
            model:
              layers:
                - Input: {shape: [2, 3]}
                - Dropout: 0.2
            """);
    Path upper = Files.writeString(temporary.resolve("b.yaml"), "seed: 7\nfit:\n  epochs: 3\n");
    CommandLineRun run =
        CommandLineRun.of(
            "resolve", lower.toString(), upper.toString(), "--set", "fit.batch_size=4");
    assertEquals(0, run.status(), run.err());
    assertEquals(
        """
        rondo: 1                       # A:1
        name: a                        # A:2
        semantics: keras3              # default
        seed: 7                        # B:1
        precision: float32             # default
        data: null                     # default
        model:
          layers:
            - Input:
                shape: [2, 3]          # A:5
                batch_size: null       # default
                dtype: null            # default
                batch_shape: null      # default
                name: input            # default
                trainable: true        # default
            - Dropout:
                rate: 0.2              # A:6
                noise_shape: null      # default
                seed: null             # default
                name: dropout          # default
                trainable: true        # default
          outputs: []                  # default
        compile: null                  # default
        fit:
          epochs: 3                    # B:3
          batch_size: 4                # --set:1
        """,
        run.out()
            .replace(lower.toString(), "A")
            .replace(upper.toString(), "B")
            .lines()
            .filter(line -> !line.matches("  (shuffle|val|cl|in|st|ca).*"))
            .map(line -> line + "\n")
            .collect(java.util.stream.Collectors.joining()));
  }

  @Test
  void aSeedIsDrawnAndWrittenDown() throws IOException {
    Path file =
        Files.writeString(
            temporary.resolve("m.yaml"),
            "rondo: 1\nmodel:\n  layers:\n    - Input: {shape: [2]}\n    - Dense: 1\n");
    CommandLineRun run = CommandLineRun.of("resolve", file.toString());
    assertTrue(
        run.out().lines().anyMatch(line -> line.matches("seed: [0-9]+ +# drawn")), run.out());
    CommandLineRun plain = CommandLineRun.of("resolve", "--plain", file.toString());
    assertFalse(plain.out().contains("#"), plain.out());
  }

  @Test
  void trainsToTheSameBits() throws IOException {
    Path model = SmallModel.write(temporary);
    CommandLineRun resolved =
        CommandLineRun.of("resolve", model.toString(), "--set", "fit.epochs=2");
    Path again = Files.writeString(temporary.resolve("resolved.yaml"), resolved.out());
    Path a = temporary.resolve("a");
    Path b = temporary.resolve("b");
    CommandLineRun.of("train", model.toString(), "--set", "fit.epochs=2", "-o", a.toString());
    CommandLineRun run = CommandLineRun.of("train", again.toString(), "-o", b.toString());
    assertEquals(0, run.status(), run.err());
    for (Path weights : List.of(a.resolve("w.npz"), b.resolve("w.npz"))) {
      CommandLineRun.of("export", String.valueOf(weights.getParent()), weights.toString());
    }
    assertEquals(
        -1, Files.mismatch(a.resolve("history.json"), b.resolve("history.json")), run.out());
    assertEquals(-1, Files.mismatch(a.resolve("w.npz"), b.resolve("w.npz")));
  }
}
