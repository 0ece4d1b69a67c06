package org.rondoml.rnn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Layer;
import org.rondoml.tck.GradientCheck;
import org.rondoml.tck.MaskPattern;

/** The cell in this package's documentation compiles as it stands, and its gradients are right. */
class CellTutorialTest {
  private static final Path PAGE = Path.of("src/main/java/org/rondoml/rnn/package-info.java");

  @Test
  void theCellCompilesAndIsRight(@TempDir Path folder) throws Exception {
    Path source = Files.createDirectories(folder.resolve("com/acme")).resolve("LeakyCell.java");
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
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve("org.rondoml.core.spi.ComponentProvider"),
        "com.acme.LeakyCell$Provider\n");

    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Layer layer =
          Registry.load(loader)
              .create(
                  Layer.class,
                  "RNN",
                  Map.of(
                      "cell",
                      Map.of("acme/LeakyCell", Map.of("units", 3, "leak", 0.7)),
                      "return_sequences",
                      true),
                  Semantics.KERAS3);
      List<Shape> inputs = List.of(Shape.of(5, 2), Shape.of(3));
      new GradientCheck(layer, inputs, 1).run(2);
      new GradientCheck(layer, inputs, List.of(MaskPattern.GAPS.of(2, 5)), 2).run(2);
    }
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
