package org.rondoml.dsl.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rondoml.core.registry.Registry;
import org.rondoml.dsl.specification.Specification;
import org.rondoml.dsl.specification.SpecificationReader;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A model that needs no weights: its files, and what is set in them. */
final class ModelFileOptions {
  @Parameters(
      paramLabel = "MODEL.yaml",
      arity = "1..*",
      description = "Model files; later ones are laid over earlier ones.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one value of the model file.")
  private List<String> sets = new ArrayList<>();

  @Mixin private PluginOptions plugins = new PluginOptions();

  /** The components that are installed. */
  Registry registry(PrintWriter err) {
    return plugins.registry(err);
  }

  /** The model. */
  Specification read(Registry registry) {
    return SpecificationReader.read(files, sets, registry);
  }
}
