package org.rondoml.distribution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same seed gives the same bits, whatever the number of threads and whoever else trains. */
class ReproducibilityTest {
  @TempDir private Path temporary = Path.of("");
  private String model = "";

  @BeforeEach
  void writeModel() throws IOException {
    model = SmallModel.write(temporary).toString();
  }

  private byte[] train(String name, String... more) throws IOException {
    Path run = temporary.resolve(name);
    List<String> arguments = new ArrayList<>(List.of("train", model, "-o", run.toString()));
    arguments.addAll(List.of(more));
    CommandLineRun result = CommandLineRun.of(arguments.toArray(String[]::new));
    assertEquals(0, result.status(), result.err());
    return Files.readAllBytes(run.resolve("checkpoints/last.npz"));
  }

  @Test
  void theSameSeedGivesTheSameBits() throws IOException {
    assertArrayEquals(train("a"), train("b"));
  }

  @Test
  void theNumberOfThreadsChangesNothing() throws IOException {
    byte[] one = train("one", "--threads", "1");
    assertArrayEquals(one, train("two", "--threads", "2"));
    assertArrayEquals(one, train("three", "--threads", "3"));
  }

  @Test
  void anotherSeedGivesOtherBits() throws IOException {
    assertFalse(Arrays.equals(train("a"), train("b", "--seed", "2")));
  }

  @Test
  void twoTrainingsAtOnceDontSeeEachOther() throws Exception {
    byte[] first = train("first");
    byte[] second = train("second", "--seed", "2");
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Callable<byte[]> one = () -> train("first-at-once");
      Callable<byte[]> other = () -> train("second-at-once", "--seed", "2");
      List<Future<byte[]>> both = threads.invokeAll(List.of(one, other));
      assertArrayEquals(first, both.get(0).get());
      assertArrayEquals(second, both.get(1).get());
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aDrawnSeedIsRecorded() throws IOException {
    byte[] drawn = train("drawn", "--set", "seed=null");
    String yaml = Files.readString(temporary.resolve("drawn/model.yaml"));
    String seed =
        yaml.lines().filter(l -> l.startsWith("seed: ")).findFirst().orElse("").substring(6);

    assertArrayEquals(drawn, train("again", "--seed", seed));
  }
}
