package org.rondoml.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.KernelSelection;
import org.rondoml.core.compute.Kernels;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Product;

/**
 * What needs a JVM of its own: the environment, under which Rondo may be embedded, and jars that aren't
 * there.
 */
class OneDnnProcessTest {
  /** The library's jar: its Java half, and its native half. */
  private static final Predicate<String> DNNL =
      jar -> Path.of(jar).getFileName().toString().startsWith("dnnl-");

  private static final Predicate<String> NATIVE = DNNL.and(jar -> jar.contains(Loader.getPlatform()));

  @Test
  void aProductKeepsToItsThreadWithoutAWordInTheEnvironment() throws Exception {
    List<String> lines = run(OneThread.class, jar -> true, Map.of());
    double cores = Double.parseDouble(lines.get(0));
    assertTrue(cores < 1.2, "a product occupied " + cores + " cores");
    assertTrue(cores > 0.5, "a product occupied " + cores + " cores: the measurement is wrong");
    assertEquals(1, lines.size(), "stray output: " + lines);
  }

  @Test
  void theInstructionSetIsLimitedWithoutAWordInTheEnvironment() throws Exception {
    List<String> lines = run(Report.class, jar -> true, Map.of());
    assertTrue(lines.get(0).matches("onednn 3.11 \\(\\w+\\): used for float32"), lines.get(0));
    assertTrue(!lines.get(0).contains("amx"), lines.get(0));
    assertEquals(2, lines.size(), "stray output: " + lines);
  }

  @Test
  void theUsersLimitStandsAndIsReported() throws Exception {
    List<String> lines =
        run(Report.class, jar -> true, Map.of("ONEDNN_MAX_CPU_ISA", "SSE41"));
    assertEquals("onednn 3.11 (sse41): used for float32", lines.get(0));
  }

  @Test
  void withoutItsNativeJarOpenBlasComputesAndTheReportTellsTheCure() throws Exception {
    List<String> lines = run(Report.class, NATIVE.negate(), Map.of());
    assertTrue(lines.get(0).startsWith("onednn: not used: oneDNN does not load here ("), lines.get(0));
    assertTrue(
        lines.get(0)
            .endsWith(
                "add org.bytedeco:dnnl with the classifier "
                    + Loader.getPlatform()
                    + " to the class path"),
        lines.get(0));
    assertEquals("openblas 0.3.31: used for float32, float64", lines.get(1));
    assertEquals(2, lines.size(), "stray output: " + lines);
  }

  @Test
  void withoutItsJavaJarOpenBlasComputesAndTheReportTellsTheCure() throws Exception {
    List<String> lines = run(Report.class, DNNL.negate(), Map.of());
    assertTrue(lines.get(0).startsWith("onednn: not used: oneDNN does not load here ("), lines.get(0));
    assertEquals("openblas 0.3.31: used for float32, float64", lines.get(1));
    assertEquals(2, lines.size(), "stray output: " + lines);
  }

  /** Runs a main class with part of this class path and nothing of oneDNN or OpenMP in its environment. */
  private static List<String> run(
      Class<?> main, Predicate<String> jars, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("--enable-native") || flag.startsWith("--sun-misc"))
        .forEach(command::add);
    command.add("-cp");
    command.add(
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(jars)
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(main.getName());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(
            name ->
                name.startsWith("OMP_") || name.startsWith("ONEDNN_") || name.startsWith("DNNL_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output.lines().toList();
  }

  /** Prints what became of each library. */
  static final class Report {
    private Report() {}

    public static void main(String[] args) {
      KernelSelection.load(Report.class.getClassLoader())
          .candidates()
          .forEach(System.out::println);
    }
  }

  /** Prints how many cores a large product occupies. */
  static final class OneThread {
    private OneThread() {}

    public static void main(String[] args) {
      Kernels kernels = new OneDnnProvider().load();
      Gemm gemm = new Gemm(Precision.FLOAT32, 1000, 1000, 1000, false, false, false);
      Product product = kernels.plan(gemm); // before anything of ND4J
      Memory a = Memory.of(Nd4j.rand(gemm.precision().dataType(), gemm.lengthA()));
      Memory b = Memory.of(Nd4j.rand(gemm.precision().dataType(), gemm.lengthB()));
      Memory c = Memory.of(Nd4j.rand(gemm.precision().dataType(), gemm.lengthC()));
      product.run(a, 0, b, 0, c, 0);
      var system =
          (com.sun.management.OperatingSystemMXBean)
              ManagementFactory.getOperatingSystemMXBean();
      long cpu = system.getProcessCpuTime();
      long wall = System.nanoTime();
      for (int i = 0; i < 60; i++) {
        product.run(a, 0, b, 0, c, 0);
      }
      System.out.println(
          (double) (system.getProcessCpuTime() - cpu) / (System.nanoTime() - wall));
    }
  }
}
