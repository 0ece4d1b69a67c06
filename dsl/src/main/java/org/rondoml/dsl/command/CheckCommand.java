package org.rondoml.dsl.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.ExitStatus;
import org.rondoml.api.ModelFileException;
import org.rondoml.api.Problem;
import org.rondoml.core.compute.KernelSelection;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Dataset;
import org.rondoml.dsl.inspect.LayerKernels;
import org.rondoml.dsl.json.Json;
import org.rondoml.dsl.picture.GraphPicture;
import org.rondoml.dsl.run.Experiment;
import org.rondoml.dsl.run.FileModelOpener;
import org.rondoml.dsl.run.SampleLoader;
import org.rondoml.dsl.run.Settings;
import org.rondoml.dsl.run.TrainingSamples;
import org.rondoml.dsl.specification.MissingFiles;
import org.rondoml.dsl.specification.Specification;
import org.rondoml.dsl.summary.DataSummary;
import org.rondoml.dsl.summary.ModelSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rondo check}: needs neither data nor native code unless they are asked for. */
@Command(
    name = "check",
    description =
        "Checks model files without data: tells all mistakes, or what the model is and costs.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ModelFileOptions model = new ModelFileOptions();

  @Option(names = "--format", description = "Form of the result: ${COMPLETION-CANDIDATES}.")
  private OutputFormat format = OutputFormat.TEXT;

  @Option(
      names = "--data",
      description = "Reads the data as well: sizes, shapes, values, classes, and whether it fits.")
  private boolean data;

  @Option(names = "--kernels", description = "Tells what computes each layer on this machine.")
  private boolean kernels;

  @Option(
      names = "--plot",
      paramLabel = "FILE.svg",
      description = "Draws the layers and what flows between them.")
  private @Nullable Path plot;

  /**
   * What there is to tell.
   *
   * @param summary the layers and what they cost
   * @param warnings what is doubtful
   * @param data what there is to train and evaluate on, where asked for
   * @param kernels what computes each layer, where asked for
   */
  private record Report(
      @JsonUnwrapped ModelSummary summary,
      List<Problem> warnings,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<DataSummary> data,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<LayerKernels> kernels) {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      Registry registry = model.registry(err);
      Specification specification = model.read(registry);
      Report report = report(specification, registry);
      if (plot != null) {
        new GraphPicture(specification.name(), specification.requireGraph()).writeTo(plot);
      }
      if (format == OutputFormat.JSON) {
        out.println(Json.text(report));
      } else {
        new ProblemPrinter(err, Terminal.isColoured()).print(report.warnings());
        print(report, out);
      }
      return ExitStatus.DONE.code();
    } catch (ModelFileException e) {
      if (format != OutputFormat.JSON) {
        throw e;
      }
      out.println(Json.text(Map.of("problems", e.problems())));
      return e.exitStatus().code();
    }
  }

  private Report report(Specification model, Registry registry) {
    List<Problem> warnings = new ArrayList<>(model.warnings());
    if (!data) {
      warnings.addAll(MissingFiles.of(model));
    }
    ModelSummary summary = ModelSummary.of(model);
    if (!data && !kernels) {
      return new Report(summary, warnings, null, null);
    }
    Specification seeded = FileModelOpener.seeded(model);
    try (Experiment experiment =
        new Experiment(
            FileModelOpener.modules(seeded, registry, new Settings(1, model.directory())))) {
      return new Report(
          summary,
          warnings,
          data ? data(model, experiment) : null,
          kernels ? kernels(model, experiment) : null);
    }
  }

  private static List<DataSummary> data(Specification model, Experiment experiment) {
    List<DataSummary> all = new ArrayList<>();
    SampleLoader loader = experiment.get(SampleLoader.class);
    BiConsumer<String, Dataset> summary =
        (part, dataset) -> all.add(DataSummary.of(part, dataset, loader.targetNames()));
    if (model.compilation() == null) {
      loader.load(summary);
    } else {
      experiment.get(TrainingSamples.class).load(summary);
    }
    return all;
  }

  private static List<LayerKernels> kernels(Specification model, Experiment experiment) {
    return LayerKernels.of(
        model.requireGraph(),
        model.precision(),
        experiment.get(KernelSelection.class),
        model.fit().batchSize());
  }

  private static void print(Report report, PrintWriter out) {
    new SummaryTable(report.summary()).print(out);
    if (report.data() != null) {
      out.println();
      new DataTable(report.data()).print(out);
    }
    if (report.kernels() != null) {
      out.println();
      new KernelTable(report.kernels()).print(out);
    }
  }
}
