package org.rondoml.distribution.coverage;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.registry.Component;

/**
 * Which layers a module's tests hold to the contract of the test kit. A test class that extends one
 * of {@code rondo-tck}'s contracts, or a class of the module that does, holds a layer where it is,
 * or is inside of, the layer's own test, {@code DenseTest} of Dense in its package, or where it
 * names the layer: {@code new Dense(...)} or {@code "Dense"}.
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
   * @param mentioned the names and texts in it
   */
  private record Extending(
      String packageName, List<String> names, String superclass, Set<String> mentioned) {
    String name() {
      return names.get(names.size() - 1);
    }

    boolean isAbout(Component<?> layer) {
      String simple = layer.type().getSimpleName();
      boolean own =
          packageName.equals(layer.type().getPackageName()) && names.contains(simple + "Test");
      return own || mentioned.contains(simple) || mentioned.contains('"' + layer.id() + '"');
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

  /** Whether a layer is held to the contract. */
  boolean hold(Component<?> layer) {
    return classes.stream()
        .filter(c -> c.isAbout(layer))
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
        Set<String> mentioned = new HashSet<>();
        new Mentions().scan(tree.getMembers(), mentioned);
        classes.add(new Extending(packageName, List.copyOf(names), simple, mentioned));
      }
      super.visitClass(tree, null);
      names.remove(names.size() - 1);
      return null;
    }
  }

  /** Collects names, and texts in quotes. */
  private static final class Mentions extends TreeScanner<Void, Set<String>> {
    @Override
    public @Nullable Void visitIdentifier(IdentifierTree tree, Set<String> mentioned) {
      mentioned.add(tree.getName().toString());
      return null;
    }

    @Override
    public @Nullable Void visitLiteral(LiteralTree tree, Set<String> mentioned) {
      if (tree.getValue() instanceof String text) {
        mentioned.add('"' + text + '"');
      }
      return null;
    }
  }
}
