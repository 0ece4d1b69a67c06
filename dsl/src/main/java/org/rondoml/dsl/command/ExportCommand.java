package org.rondoml.dsl.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.rondoml.api.ExitStatus;
import org.rondoml.api.Semantics;
import org.rondoml.api.UsageException;
import org.rondoml.core.engine.Network;
import org.rondoml.core.exchange.ModelFormat;
import org.rondoml.core.registry.Registry;
import org.rondoml.dsl.run.Experiment;
import org.rondoml.dsl.run.ModelFormats;
import org.rondoml.dsl.run.WeightFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rondo export}. */
@Command(
    name = "export",
    description =
        "Writes a model's weights, or the model without them, in the format that the file's ending"
            + " names.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private TrainedModelOptions model = new TrainedModelOptions();

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description =
          "Where to write: the weights to .weights.h5 as Keras reads it, or .npz; the model to"
              + " .json, which Keras' model_from_json reads, and which needs no weights.")
  private Path file = Path.of("");

  @Option(
      names = "--no-compile",
      description = "Leaves out of a .json how the model is compiled, which Keras 3 reads there.")
  private boolean withoutCompile;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    Registry registry = model.registry(err);
    ModelFormats models = new ModelFormats(registry);
    Optional<ModelFormat> format = models.writer(file);
    if (format.isPresent()) {
      models.write(file, format.get(), model.read(registry), !withoutCompile);
      return ExitStatus.DONE.code();
    }
    requireKnownEnding(registry, models);
    try (Experiment experiment = model.open(err)) {
      WeightFiles formats = experiment.get(WeightFiles.class);
      formats.write(file, experiment.get(Network.class));
    }
    return ExitStatus.DONE.code();
  }

  private void requireKnownEnding(Registry registry, ModelFormats models) {
    // The endings are the same in all semantics.
    List<String> endings = new ArrayList<>(new WeightFiles(registry, Semantics.KERAS3).suffixes());
    endings.addAll(models.suffixes());
    if (endings.stream().noneMatch(file.toString()::endsWith)) {
      endings.sort(null);
      throw new UsageException(file + ": unknown ending; expected " + String.join(" or ", endings));
    }
  }
}
