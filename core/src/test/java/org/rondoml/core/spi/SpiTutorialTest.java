package org.rondoml.core.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.KernelSelection;
import org.rondoml.core.engine.LayerRunner;

/** The example in this package's documentation compiles as it stands and does what it says. */
class SpiTutorialTest {
  private static final Path PAGE = Path.of("src/main/java/org/rondoml/core/spi/package-info.java");

  @Test
  void theExampleCompilesAndRuns(@TempDir Path folder) throws Exception {
    Path source = Files.createDirectories(folder.resolve("com/acme")).resolve("Scale.java");
    Files.writeString(source, example());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of("-proc:none", "-d", folder.toString()),
                null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
            .call();
    assertEquals(true, compiled, messages.toString());

    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Layer.Provider<?> provider =
          (Layer.Provider<?>)
              loader.loadClass("com.acme.Scale$Provider").getConstructor().newInstance();
      assertEquals("acme/Scale", provider.id());
      INDArray x = Nd4j.createFromArray(new double[][] {{1, -2, 3}});
      LayerRunner runner =
          new LayerRunner(
              create(provider, 0.5),
              List.of(Shape.of(3)),
              1,
              Precision.FLOAT64,
              KernelSelection.load(loader).kernels(Precision.FLOAT64),
              1);
      assertEquals(x.mul(0.5), runner.forward(List.of(x), true, 0).get(0));
      assertEquals(x.mul(0.5), runner.backward(List.of(x)).inputs().get(0));
    }
  }

  private static <C extends Record> Layer create(Layer.Provider<C> provider, double factor)
      throws ReflectiveOperationException {
    C config = provider.configType().getConstructor(double.class).newInstance(factor);
    return provider.create(config, Semantics.KERAS3);
  }

  private static String example() throws Exception {
    String page = Files.readString(PAGE);
    String block =
        page.substring(page.indexOf("{@code\n * package") + 7, page.indexOf(" * }</pre>"));
    return block
        .lines()
        .map(line -> line.replaceFirst("^ \\* ?", ""))
        .collect(Collectors.joining("\n"));
  }
}
