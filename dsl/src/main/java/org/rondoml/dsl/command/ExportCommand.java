package org.rondoml.dsl.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.rondoml.api.ExitStatus;
import org.rondoml.core.engine.Network;
import org.rondoml.dsl.run.Experiment;
import org.rondoml.dsl.run.WeightFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rondo export}. */
@Command(
    name = "export",
    description = "Writes a model's weights in the format that the file's ending names.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private TrainedModelOptions model = new TrainedModelOptions();

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "Where to write: .weights.h5 as Keras reads it, or .npz.")
  private Path file = Path.of("");

  @Override
  public Integer call() {
    try (Experiment experiment = model.open(spec.commandLine().getErr())) {
      WeightFiles formats = experiment.get(WeightFiles.class);
      formats.write(file, experiment.get(Network.class));
    }
    return ExitStatus.DONE.code();
  }
}
