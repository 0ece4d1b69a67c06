package org.rondoml.distribution.reference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.rondoml.core.registry.Component;
import org.rondoml.core.registry.Registry;
import org.rondoml.dsl.reference.ComponentReference;
import org.rondoml.dsl.reference.SectionReference;

/** The files of the reference as they should be, and as they are. */
final class ReferenceFiles {
  /** Where a module keeps the texts of its components. */
  private static final String TEXTS = "src/main/resources/META-INF/rondo/reference";

  private final Map<Path, String> files = new TreeMap<>();
  private final Set<Path> folders = new LinkedHashSet<>();
  private final Path root;

  /**
   * The files for components.
   *
   * @param docs their Javadoc
   * @param root the folder of the whole project
   */
  ReferenceFiles(Registry registry, SourceDocs docs, Path root) {
    this.root = root;
    List<ComponentReference> references = new ArrayList<>();
    for (Component<?> component : registry.components()) {
      Path folder = SourceDocs.module(component).resolve(TEXTS);
      folders.add(folder);
      String name = component.type().getName();
      Optional<String> text = docs.text(name);
      text.ifPresent(known -> files.put(folder.resolve(name + ".md"), known));
      references.add(reference(component, registry, text));
    }
    files.put(root.resolve("plugins/REFERENCE.md"), new ReferencePage(references).markdown());
    files.put(
        root.resolve("dsl/LANGUAGE.md"),
        new LanguagePage(SectionReference.all(registry.schemas())).markdown());
  }

  /** With the text as it should be, which need not be what the jar has. */
  private static ComponentReference reference(
      Component<?> component, Registry registry, Optional<String> text) {
    ComponentReference of = ComponentReference.of(component, registry);
    return new ComponentReference(
        of.id(),
        of.kind(),
        of.names(),
        of.jar(),
        of.description(),
        of.keys(),
        of.commonKeys(),
        of.example(),
        text.orElse(null));
  }

  /** What is wrong with the files that are there. */
  List<String> differences() {
    List<String> differences = new ArrayList<>();
    files.forEach(
        (file, text) -> {
          if (!Files.exists(file)) {
            differences.add(root.relativize(file) + " is missing");
          } else if (!read(file).equals(text)) {
            differences.add(root.relativize(file) + " is out of date");
          }
        });
    stale().forEach(file -> differences.add(root.relativize(file) + " is of no component"));
    return differences;
  }

  /** Makes the files what they should be. */
  void update() {
    files.forEach(ReferenceFiles::write);
    stale().forEach(ReferenceFiles::delete);
  }

  private List<Path> stale() {
    List<Path> stale = new ArrayList<>();
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> there = Files.list(folder)) {
          there.filter(file -> !files.containsKey(file)).sorted().forEach(stale::add);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return stale;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
