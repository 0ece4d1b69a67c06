package org.rondoml.dsl.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.ExitStatus;
import org.rondoml.core.engine.FitPlan;
import org.rondoml.core.engine.SampleData;
import org.rondoml.core.spi.DataSource;
import org.rondoml.dsl.json.Json;
import org.rondoml.dsl.run.EvaluatorFactory;
import org.rondoml.dsl.run.Experiment;
import org.rondoml.dsl.run.SampleLoader;
import org.rondoml.dsl.specification.Specification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rondo evaluate}. */
@Command(
    name = "evaluate",
    description = "Computes loss and metrics.",
    mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
  private static final String TRAIN = "train";
  private static final String VALIDATION = "validation";

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private TrainedModelOptions model = new TrainedModelOptions();

  @Option(
      names = "--data",
      paramLabel = "train|validation|SOURCE",
      description =
          "Samples of the model file, or a data source as in a model file: '{npz: {path: data.npz}}'."
              + " When absent, the validation samples, or else the training samples.")
  private @Nullable String data;

  @Mixin private BatchSizeOptions batchSize = new BatchSizeOptions();

  @Option(names = "--format", description = "Form of the result: ${COMPLETION-CANDIDATES}.")
  private OutputFormat format = OutputFormat.TEXT;

  @Override
  public Integer call() {
    try (Experiment experiment = model.open(sets(), spec.commandLine().getErr())) {
      SampleData samples = samples(experiment);
      Map<String, Double> figures =
          experiment
              .get(EvaluatorFactory.class)
              .of(samples)
              .evaluate(samples, batchSize.batchSize(experiment.get(FitPlan.class)));
      PrintWriter out = spec.commandLine().getOut();
      if (format == OutputFormat.JSON) {
        out.println(Json.text(figures));
      } else {
        figures.forEach((name, value) -> out.println(name + ": " + value));
      }
    }
    return ExitStatus.DONE.code();
  }

  private boolean isOtherSource() {
    return data != null && !data.equals(TRAIN) && !data.equals(VALIDATION);
  }

  /**
   * Another source takes the place of the validation data, so that it is read and checked as that
   * is.
   */
  private List<String> sets() {
    return isOtherSource()
        ? List.of("data.validation=" + data, "fit.validation_split=0")
        : List.of();
  }

  private SampleData samples(Experiment experiment) {
    SampleLoader loader = experiment.get(SampleLoader.class);
    if (isOtherSource()) {
      DataSource source = experiment.get(Specification.class).requireData().validation();
      return source == null ? loader.validation() : loader.load(source, Path.of(""));
    }
    if (data != null) {
      return data.equals(TRAIN) ? loader.train() : loader.validation();
    }
    boolean validation = loader.hasValidation();
    spec.commandLine()
        .getErr()
        .println(
            "evaluating on the "
                + (validation ? VALIDATION : "training")
                + " samples of the model file; --data names others");
    return validation ? loader.validation() : loader.train();
  }
}
