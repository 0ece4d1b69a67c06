package org.rondoml.dsl.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rondoml.core.registry.Registry;
import org.rondoml.dsl.run.PluginFolders;
import picocli.CommandLine.Option;

/** The components that a command knows. */
final class PluginOptions {
  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      description = "Folder of plugin jars; may be repeated. RONDO_PLUGINS names more.")
  private List<Path> folders = new ArrayList<>();

  /** The registry; a plugin that can't be used is named, and the others are used. */
  Registry registry(PrintWriter err) {
    List<Path> all = new ArrayList<>(folders);
    all.addAll(PluginFolders.ofEnvironment());
    Registry registry = Registry.load(PluginOptions.class.getClassLoader(), all);
    registry.failures().forEach(failure -> err.println("warning: " + failure));
    return registry;
  }
}
