package org.rondoml.dsl.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.ExitStatus;
import org.rondoml.api.UsageException;
import org.rondoml.core.registry.Registry;
import org.rondoml.dsl.bench.Bench;
import org.rondoml.dsl.bench.BenchModule;
import org.rondoml.dsl.bench.BenchPlan;
import org.rondoml.dsl.bench.BenchReport;
import org.rondoml.dsl.json.Json;
import org.rondoml.dsl.run.Experiment;
import org.rondoml.dsl.run.FileModelOpener;
import org.rondoml.dsl.run.Settings;
import org.rondoml.dsl.specification.Specification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rondo bench}. */
@Command(
    name = "bench",
    description =
        "Measures training and inference: where the time goes, and how near that is to what the machine"
            + " can do.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ModelFileOptions model = new ModelFileOptions();

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Samples a step of training; the model file's when absent.")
  private @Nullable Integer batchSize;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description =
          "Steps to measure after the warm-up, of training and at each batch size of inference; some"
              + " seconds' worth when absent.")
  private @Nullable Integer steps;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      description =
          "How long to warm up at most. When absent, until steps get no faster: 3 to 30 seconds for"
              + " training, 1 to 10 for each batch size of inference.")
  private @Nullable Double warmUp;

  @Option(
      names = "--inference",
      paramLabel = "N,N,...",
      description = "Measures inference as well, in batches of these sizes: 1,32,256.")
  private @Nullable String inference;

  @Option(names = "--format", description = "Form of the result: ${COMPLETION-CANDIDATES}.")
  private OutputFormat format = OutputFormat.TEXT;

  @Mixin private ThreadOptions threads = new ThreadOptions();

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    BenchPlan plan = plan();
    Registry registry = model.registry(err);
    Specification specification = FileModelOpener.seeded(model.read(registry));
    new ProblemPrinter(err, Terminal.isColoured()).print(specification.warnings());
    Settings settings = new Settings(threads.threads(), specification.directory());
    BenchReport report = run(specification, registry, settings, plan, err);
    PrintWriter out = spec.commandLine().getOut();
    if (format == OutputFormat.JSON) {
      out.println(Json.text(report));
    } else {
      new BenchTable(report).print(out);
    }
    return ExitStatus.DONE.code();
  }

  private static BenchReport run(
      Specification specification,
      Registry registry,
      Settings settings,
      BenchPlan plan,
      PrintWriter err) {
    specification.requireGraph();
    specification.requireCompilation();
    specification.requireData();
    try (StatusLine status = new StatusLine(err, Terminal.isPresent());
        Experiment experiment =
            new Experiment(
                BenchModule.over(FileModelOpener.modules(specification, registry, settings)))) {
      return experiment.get(Bench.class).run(plan, status);
    }
  }

  private BenchPlan plan() {
    requireAtLeastOne("--batch-size", batchSize);
    requireAtLeastOne("--steps", steps);
    Double seconds = warmUp;
    if (seconds != null && !(seconds >= 0 && seconds < Double.POSITIVE_INFINITY)) {
      throw new UsageException("--warm-up: found " + seconds + ", expected seconds, 0 or more");
    }
    return new BenchPlan(batchSize, steps, seconds, batchSizes(inference));
  }

  private static void requireAtLeastOne(String option, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw new UsageException(option + ": found " + value + ", expected at least 1");
    }
  }

  private static List<Integer> batchSizes(@Nullable String text) {
    List<Integer> sizes = new ArrayList<>();
    if (text == null) {
      return sizes;
    }
    for (String word : text.split(",", -1)) {
      try {
        int size = Integer.parseInt(word.strip());
        requireAtLeastOne("--inference", size);
        sizes.add(size);
      } catch (NumberFormatException e) {
        throw new UsageException(
            "--inference: found '" + word + "', expected batch sizes, such as 1,32,256", e);
      }
    }
    return sizes;
  }
}
