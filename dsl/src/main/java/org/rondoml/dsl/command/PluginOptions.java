package org.rondoml.dsl.command;

import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.rondoml.core.registry.Registry;
import picocli.CommandLine.Option;

/** The components that a command knows. */
final class PluginOptions {
  private static final String VARIABLE = "RONDO_PLUGINS";

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "Folder of plugin jars; may be repeated. RONDO_PLUGINS names more.")
  private List<Path> folders = new ArrayList<>();

  /** The registry; a plugin that can't be used is named, and the others are used. */
  Registry registry(PrintWriter err) {
    List<Path> all = new ArrayList<>(folders);
    String more = System.getenv(VARIABLE);
    if (more != null && !more.isBlank()) {
      for (String folder : more.split(Pattern.quote(File.pathSeparator), -1)) {
        all.add(Path.of(folder));
      }
    }
    Registry registry = Registry.load(PluginOptions.class.getClassLoader(), all);
    registry.failures().forEach(failure -> err.println("warning: " + failure));
    return registry;
  }
}
