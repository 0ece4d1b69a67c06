package org.rondoml.distribution.coverage;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Which layers a module's tests hold to the contract of the test kit: those whose test, {@code
 * DenseTest} of Dense in its package, or a class inside that, extends one of {@code rondo-tck}'s
 * contracts, or a class of the module that does.
 */
final class LayerTests {
  private static final String CONTRACT = "LayerContract";

  /** Chains of superclasses are short; longer ones run in a circle. */
  private static final int LONGEST_CHAIN = 10;

  /**
   * A class with a superclass.
   *
   * @param packageName its package
   * @param names its simple name, after those of the classes around it
   * @param superclass the simple name of its superclass
   */
  private record Extending(String packageName, List<String> names, String superclass) {
    String name() {
      return names.get(names.size() - 1);
    }
  }

  private final List<Extending> classes = new ArrayList<>();

  /** The tests of a Maven module. */
  LayerTests(Path module) {
    Path tests = module.resolve("src/test/java");
    if (!Files.isDirectory(tests)) {
      return;
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> sources = Files.walk(tests)) {
      List<Path> java = sources.filter(f -> f.toString().endsWith(".java")).toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(java));
      for (CompilationUnitTree unit : task.parse()) {
        new Superclasses(String.valueOf(unit.getPackageName())).scan(unit, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a layer's class is held to the contract. */
  boolean hold(Class<?> layer) {
    String test = layer.getSimpleName() + "Test";
    return classes.stream()
        .filter(c -> c.packageName().equals(layer.getPackageName()) && c.names().contains(test))
        .anyMatch(c -> isContract(c.superclass(), LONGEST_CHAIN));
  }

  private boolean isContract(String name, int depth) {
    return name.endsWith(CONTRACT)
        || (depth > 0
            && classes.stream()
                .filter(c -> c.name().equals(name))
                .anyMatch(c -> isContract(c.superclass(), depth - 1)));
  }

  private final class Superclasses extends TreeScanner<Void, Void> {
    private final String packageName;
    private final List<String> names = new ArrayList<>();

    Superclasses(String packageName) {
      this.packageName = packageName;
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
      names.add(tree.getSimpleName().toString());
      Tree superclass = tree.getExtendsClause();
      if (superclass != null) {
        String simple = superclass.toString().replaceFirst("<.*", "").replaceFirst(".*[.]", "");
        classes.add(new Extending(packageName, List.copyOf(names), simple));
      }
      super.visitClass(tree, null);
      names.remove(names.size() - 1);
      return null;
    }
  }
}
