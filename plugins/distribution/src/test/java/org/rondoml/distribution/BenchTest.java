package org.rondoml.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondoml.core.compute.Vec;

/** What {@code rondo bench} reports; never how fast anything is. */
class BenchTest {
  private static final String ARTICLE = "../../examples/benchmarks/mnist-rows.yaml";

  @TempDir private Path temporary = Path.of("");
  private Path model = Path.of("");

  @BeforeEach
  void writeModel() throws IOException {
    model = SmallModel.write(temporary);
  }

  private static CommandLineRun bench(String file, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("bench", file, "--warm-up", "0.05", "--threads", "2"));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private static JsonNode json(String file, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("--format", "json"));
    CommandLineRun run = bench(file, arguments.toArray(String[]::new));
    assertEquals("", run.err());
    assertEquals(0, run.status());
    return new ObjectMapper().readTree(run.out());
  }

  private static void assertPositive(JsonNode number) {
    assertTrue(number.isNumber() && number.asDouble() > 0, number.toString());
  }

  private static JsonNode check(String file) throws IOException {
    return new ObjectMapper().readTree(CommandLineRun.of("check", file, "--format", "json").out());
  }

  @Test
  void programsAreToldEverything() throws IOException {
    JsonNode report =
        json(model.toString(), "--steps", "6", "--batch-size", "16", "--inference", "1,100");

    assertFalse(report.get("rondo").asText().isEmpty());
    assertEquals(System.getProperty("java.version"), report.get("java").asText());
    assertEquals("small", report.get("model").asText());
    assertEquals("float32", report.get("precision").asText());
    assertEquals(2, report.get("threads").asInt());
    assertEquals(Vec.implementation(), report.get("elementwise").asText());
    assertPositive(report.get("gemm_peak_gflops"));
    assertTrue(report.get("peak_memory_bytes").asLong() > 1 << 20);

    JsonNode training = report.get("training");
    assertEquals(16, training.get("batch_size").asInt());
    assertEquals(5, training.get("steps").asInt());
    double step = training.get("ms_per_step").asDouble();
    assertPositive(training.get("ms_per_step"));
    assertEquals(16 / step * 1e3, training.get("samples_per_second").asDouble(), 1e-6);
    assertPositive(training.get("gflops"));
    assertEquals(
        report.get("gemm_peak_gflops").asDouble(), training.get("gemm_peak_gflops").asDouble());
    assertPositive(training.get("garbage_bytes_per_step"));
    long flops = check(model.toString()).get("training_flops").asLong();
    double floor = 16 * flops / training.get("gemm_peak_gflops").asDouble() * 1e-6;
    assertEquals(floor, training.get("floor_ms").asDouble(), 1e-9 * floor);
    double ratio = training.get("ratio_to_floor").asDouble();
    assertEquals(step / floor, ratio, 1e-9 * ratio);
    assertTrue(ratio > 0.5, "a step in " + ratio + " of the least possible time");

    double sum = 0;
    for (String part :
        List.of("products", "elementwise", "optimizer", "packing", "data", "waiting")) {
      double ms = training.get("parts_ms").get(part).asDouble();
      assertTrue(ms >= -1e-9, part + " " + ms);
      sum += ms;
    }
    assertEquals(6, training.get("parts_ms").size());
    assertEquals(step, sum, 1e-9 * step);

    assertEquals(2, report.get("inference").size());
    assertEquals(1, report.get("inference").get(0).get("batch_size").asInt());
    assertEquals(100, report.get("inference").get(1).get("batch_size").asInt());
    report.get("inference").forEach(size -> assertPositive(size.get("us_per_sample")));

    assertEquals(
        List.of("lstm", "lstm_1", "dense"), report.get("kernels").findValuesAsText("layer"));
    report
        .get("kernels")
        .forEach(
            layer -> {
              assertTrue(layer.get("kernels").asText().startsWith("onednn 3.11 ("));
              assertEquals("packed float32 products", layer.get("why").asText());
            });
  }

  /**
   * Of a sample of the article's network: 45.66 MFLOP forward, twice that backward, less the
   * gradient of the image. The floor is the model's; left out of what runs are the products of two
   * layers with the zeros before the first step, forward and twice backward.
   */
  @Test
  void theFloorCountsTheProductsOfTheModel() throws IOException {
    JsonNode training = json(ARTICLE, "--steps", "1").get("training");

    long flops = 135_382_912;
    assertEquals(flops, check(ARTICLE).get("training_flops").asLong());
    assertEquals(32e-9 * flops, training.get("gflop_per_step").asDouble(), 1e-9);
    double products = training.get("parts_ms").get("products").asDouble();
    long leftOut = 2 * 3 * 2 * 256 * 1024;
    assertEquals(32e-6 * (flops - leftOut), training.get("gflops").asDouble() * products, 1e-6);
  }

  @Test
  void peopleAreToldWhereTheTimeGoes() {
    CommandLineRun run = bench(model.toString(), "--steps", "1", "--inference", "8");

    assertEquals("", run.err());
    assertEquals(0, run.status());
    String number = "[\\d,]+(\\.\\d+)?";
    List<String> expected =
        List.of(
            "Model: small \\(float32\\)",
            "Rondo \\S+, Java \\S+, threads: 2",
            "",
            "Training in batches of 32: # ms a step, # samples/s",
            "",
            "Part of a step +ms +%",
            "-+",
            "products +# +#",
            "elementwise +# +#",
            "optimizer +# +#",
            "packing +# +#",
            "data +# +#",
            "waiting +# +#",
            "",
            "Matrix products",
            "-+",
            "of a step +# GFLOP",
            "their speed +# GFLOP/s",
            "the machine's peak +# GFLOP/s",
            "floor: a step at the peak +# ms",
            "step / floor +#",
            "",
            "Inference, batch size +us a sample +samples/s",
            "-+",
            " *8 +# +#",
            "",
            "Memory: .*# MiB at most.*",
            "",
            "Layer \\(type\\) +Kernels",
            "-+",
            "lstm \\(LSTM\\) +onednn 3\\.11 \\(\\w+\\)",
            "lstm_1 \\(LSTM\\) .+",
            "dense \\(Dense\\) .+",
            "",
            "onednn 3\\.11 \\(\\w+\\): packed float32 products",
            "element-wise: .+");
    List<String> lines = run.out().lines().toList();
    assertEquals(expected.size(), lines.size(), run.out());
    for (int i = 0; i < lines.size(); i++) {
      String pattern = expected.get(i).replace("#", number);
      assertTrue(lines.get(i).matches(pattern), lines.get(i) + " is not " + pattern);
    }
  }

  private static void assertRefused(int status, String message, CommandLineRun run) {
    assertEquals(new CommandLineRun(status, "", message + "\n"), run);
  }

  @Test
  void whatIsMissingIsTold() throws IOException {
    String file = model.toString();
    assertRefused(
        2,
        file
            + ": missing section 'compile', which this needs: compile: {optimizer: ..., loss: ...}",
        bench(file, "--set", "compile=null"));
    assertRefused(
        2,
        file + ": missing section 'data', which this needs: data: {train: {...}}",
        bench(file, "--set", "data=null"));
    assertRefused(
        3,
        temporary.toAbsolutePath().resolve("data.npz")
            + ": has 64 samples to train on, fewer than --batch-size 65",
        bench(file, "--batch-size", "65"));
    Files.delete(temporary.resolve("data.npz"));
    assertRefused(
        3, temporary.toAbsolutePath().resolve("data.npz") + ": no such file", bench(file));
  }

  @Test
  void wrongNumbersAreTold() {
    String file = model.toString();
    assertRefused(
        2, "--inference: found 0, expected at least 1", bench(file, "--inference", "1,0"));
    assertRefused(
        2,
        "--inference: found 'many', expected batch sizes, such as 1,32,256",
        bench(file, "--inference", "1,many"));
    assertRefused(
        2,
        "--inference: found '', expected batch sizes, such as 1,32,256",
        bench(file, "--inference", "1,"));
    assertRefused(
        2, "--batch-size: found 0, expected at least 1", bench(file, "--batch-size", "0"));
    assertRefused(2, "--steps: found -1, expected at least 1", bench(file, "--steps", "-1"));
    assertRefused(
        2,
        "--warm-up: found -1.0, expected seconds, 0 or more",
        CommandLineRun.of("bench", file, "--warm-up", "-1"));
    assertRefused(
        2,
        "--threads: found 0, expected at least 1",
        CommandLineRun.of("bench", file, "--threads", "0"));
  }
}
