package org.rondoml.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondoml.api.Precision;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.KernelSelection;
import org.rondoml.core.compute.Kernels;
import org.rondoml.core.compute.KernelsProvider;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.OpenBlasProvider;
import org.rondoml.core.compute.PackedOperand;
import org.rondoml.core.compute.Product;
import org.rondoml.core.compute.Vec;
import org.rondoml.dsl.inspect.LayerKernels;

/** What {@code rondo inspect} finds in a model. */
class InspectTest {
  @TempDir private Path temporary = Path.of("");
  private Path model = Path.of("");

  @BeforeEach
  void writeModel() throws IOException {
    model = SmallModel.write(temporary);
  }

  @Test
  void kernelsAreToldByLayer() {
    CommandLineRun result =
        CommandLineRun.of("inspect", model.toString(), "kernels", "--set", "precision=float64");

    assertEquals(
        """
        Model: small (float64)

        Layer (type)   Kernels
        ------------------------------
        lstm (LSTM)    openblas 0.3.31
        lstm_1 (LSTM)  openblas 0.3.31
        dense (Dense)  openblas 0.3.31

        openblas 0.3.31: onednn has no float64
        element-wise: %s
        """
            .formatted(Vec.implementation()),
        result.out());
    assertEquals("", result.err());
    assertEquals(0, result.status());
  }

  @Test
  void aRunIsAsGoodAsAModelFile() throws IOException {
    Path run = temporary.resolve("run");
    CommandLineRun.of("train", model.toString(), "-o", run.toString());

    JsonNode result =
        new ObjectMapper()
            .readTree(
                CommandLineRun.of("inspect", run.toString(), "kernels", "--format", "json").out());

    assertEquals("small", result.get("model").asText());
    assertEquals("float32", result.get("precision").asText());
    assertEquals(Vec.implementation(), result.get("elementwise").asText());
    JsonNode first = result.get("kernels").get(0);
    assertEquals("lstm", first.get("layer").asText());
    assertEquals("LSTM", first.get("type").asText());
    assertTrue(first.get("kernels").asText().startsWith("onednn 3.11 ("));
    assertEquals("packed float32 products", first.get("why").asText());
  }

  @Test
  void mistakesAreTold() {
    assertEquals(
        new CommandLineRun(
            2, "", "nothing called 'gates' to look at in a model; expected one of kernels\n"),
        CommandLineRun.of("inspect", model.toString(), "gates"));
    assertEquals(
        new CommandLineRun(
            2, "", temporary + ": not a run: expected a folder with model.yaml and checkpoints/\n"),
        CommandLineRun.of("inspect", temporary.toString(), "kernels"));
  }

  @Test
  void aLayerOfTwoLibrariesIsThereForEach() throws IOException {
    Path services = Files.createDirectories(temporary.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(KernelsProvider.class.getName()), ForwardOnly.class.getName());
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {temporary.toUri().toURL()}, InspectTest.class.getClassLoader())) {
      List<LayerKernels> layers =
          LayerKernels.of(
              SmallModel.read(model).requireGraph(),
              Precision.FLOAT64,
              KernelSelection.load(loader),
              32);

      assertEquals(
          List.of(
              new LayerKernels("lstm", "LSTM", "forward-only 1", "float64 products"),
              new LayerKernels(
                  "lstm",
                  "LSTM",
                  "openblas 0.3.31",
                  "forward-only has no transposes; onednn has no float64")),
          layers.subList(0, 2));
      assertEquals(6, layers.size());
    }
  }

  /** Brings OpenBLAS without its products of transposed operands. */
  public static final class ForwardOnly implements KernelsProvider {
    @Override
    public String id() {
      return "forward-only";
    }

    @Override
    public int priority() {
      return 20;
    }

    @Override
    public Kernels load() {
      return new ForwardKernels(new OpenBlasProvider().load());
    }
  }

  private record ForwardKernels(Kernels kernels) implements Kernels {
    @Override
    public String name() {
      return "forward-only 1";
    }

    @Override
    public boolean supports(Precision precision) {
      return true;
    }

    @Override
    public Optional<String> refusal(Gemm gemm) {
      return gemm.transposeA() || gemm.transposeB()
          ? Optional.of("has no transposes")
          : Optional.empty();
    }

    @Override
    public Product plan(Gemm gemm) {
      return kernels.plan(gemm);
    }

    @Override
    public PackedOperand plan(Gemm gemm, Memory b, long bOffset) {
      return kernels.plan(gemm, b, bOffset);
    }
  }
}
