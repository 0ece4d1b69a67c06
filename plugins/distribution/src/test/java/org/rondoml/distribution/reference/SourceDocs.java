package org.rondoml.distribution.reference;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.registry.Component;

/** The Javadoc of classes as Markdown, read from their source files. */
public final class SourceDocs {
  private final Map<String, DocCommentTree> comments = new HashMap<>();

  /** What source files say of the classes in them. */
  SourceDocs(Collection<Path> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources));
      DocTrees docs = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Classes(unit.getPackageName().toString(), docs).scan(unit, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the source files of components' classes say. */
  static SourceDocs of(Collection<Component<?>> components) {
    return new SourceDocs(components.stream().map(SourceDocs::source).collect(Collectors.toSet()));
  }

  /** The text of a class's Javadoc; empty where it has none. */
  Optional<String> text(String binaryName) {
    try {
      return Optional.ofNullable(comments.get(binaryName)).map(JavadocMarkdown::of);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(binaryName + ": " + e.getMessage(), e);
    }
  }

  /** The folder of the Maven module that brings a component. */
  public static Path module(Component<?> component) {
    for (Path at = component.origin().file(); at != null; at = at.getParent()) {
      if (String.valueOf(at.getFileName()).equals("target")) {
        return Objects.requireNonNull(at.getParent());
      }
    }
    throw new IllegalStateException(component.id() + " was not built here by Maven");
  }

  private static Path source(Component<?> component) {
    String topLevel = component.type().getName().replaceFirst("[$].*", "");
    Path source =
        module(component).resolve("src/main/java").resolve(topLevel.replace('.', '/') + ".java");
    if (!Files.exists(source)) {
      throw new IllegalStateException("no source of " + topLevel + " at " + source);
    }
    return source;
  }

  private final class Classes extends TreePathScanner<Void, Void> {
    private final DocTrees docs;
    private String prefix;

    Classes(String packageName, DocTrees docs) {
      this.docs = docs;
      this.prefix = packageName + ".";
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
      String around = prefix;
      String name = around + tree.getSimpleName();
      DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
      if (comment != null) {
        comments.put(name, comment);
      }
      prefix = name + "$";
      super.visitClass(tree, null);
      prefix = around;
      return null;
    }
  }
}
