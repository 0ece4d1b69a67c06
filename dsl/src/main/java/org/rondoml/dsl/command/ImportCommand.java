package org.rondoml.dsl.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.ExitStatus;
import org.rondoml.api.Semantics;
import org.rondoml.core.exchange.ForeignWeights;
import org.rondoml.core.io.AtomicFile;
import org.rondoml.core.registry.Registry;
import org.rondoml.dsl.language.YamlText;
import org.rondoml.dsl.run.ModelFormats;
import org.rondoml.dsl.specification.ConciseDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rondo import}. */
@Command(
    name = "import",
    description =
        "Writes the model file for a model of Keras, what model.to_json() gives: its layers, how"
            + " they are connected, and how it was compiled.",
    mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "The model: .json as model.to_json() gives it, or .keras.")
  private Path file = Path.of("");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "MODEL.yaml",
      description =
          "The model file to write, which must not be there yet; standard output when absent. The"
              + " weights of a .keras file are written beside it.")
  private @Nullable Path output;

  @Option(
      names = "--semantics",
      paramLabel = "GENERATION",
      description =
          "The generation of Keras that the model is of: keras3, tf2 or tf1; what the file says when"
              + " absent.")
  private @Nullable Semantics semantics;

  @Option(
      names = "--no-compile",
      description = "Leaves out how the model was compiled, such as with a loss of its own.")
  private boolean withoutCompile;

  @Mixin private PluginOptions plugins = new PluginOptions();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Registry registry = plugins.registry(err);
    ModelFormats.Imported imported =
        new ModelFormats(registry).read(file, semantics, !withoutCompile);
    new ProblemPrinter(err, Terminal.isColoured()).print(imported.specification().warnings());
    String text = YamlText.compact(ConciseDocument.of(imported.specification(), registry));
    if (output == null) {
      out.print(text);
      out.flush();
      return ExitStatus.DONE.code();
    }
    ForeignWeights weights = imported.source().weights();
    Path beside = weights == null ? null : beside(output, weights.suffix());
    AtomicFile.requireAbsent(output);
    if (beside != null) {
      AtomicFile.requireAbsent(beside);
    }
    AtomicFile.create(output, target -> Files.write(target, text.getBytes(StandardCharsets.UTF_8)));
    if (weights != null && beside != null) {
      AtomicFile.create(beside, weights::write);
    }
    return ExitStatus.DONE.code();
  }

  /** The file of the weights: as the model file, but for its ending. */
  private static Path beside(Path model, String suffix) {
    String name = String.valueOf(model.getFileName());
    return model.resolveSibling(name.replaceFirst("\\.ya?ml$", "") + suffix);
  }
}
