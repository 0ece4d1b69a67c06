package org.rondoml.dsl.command;

import com.google.inject.Module;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.ExitStatus;
import org.rondoml.api.RondoException;
import org.rondoml.api.UsageException;
import org.rondoml.core.engine.Checkpoint;
import org.rondoml.core.engine.Network;
import org.rondoml.core.engine.Trainer;
import org.rondoml.core.engine.TrainingListener;
import org.rondoml.core.engine.Workers;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Callback;
import org.rondoml.dsl.difference.Difference;
import org.rondoml.dsl.difference.ModelDifferences;
import org.rondoml.dsl.json.Json;
import org.rondoml.dsl.progress.ProgressMode;
import org.rondoml.dsl.progress.TrainingProgress;
import org.rondoml.dsl.run.Arithmetic;
import org.rondoml.dsl.run.Experiment;
import org.rondoml.dsl.run.FileModelOpener;
import org.rondoml.dsl.run.ModelModule;
import org.rondoml.dsl.run.RunFolderModule;
import org.rondoml.dsl.run.SampleLoader;
import org.rondoml.dsl.run.Samples;
import org.rondoml.dsl.run.Settings;
import org.rondoml.dsl.run.TrainingModule;
import org.rondoml.dsl.run.WeightFiles;
import org.rondoml.dsl.runfolder.DataState;
import org.rondoml.dsl.runfolder.RunFolder;
import org.rondoml.dsl.runfolder.RunLog;
import org.rondoml.dsl.specification.Specification;
import org.rondoml.dsl.specification.SpecificationReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rondo train}. */
@Command(
    name = "train",
    description = "Trains a model, evaluates it after each epoch, and keeps the run in a folder.",
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  /** A run may be resumed to train longer. */
  private static final String FREE_TO_CHANGE = "fit.epochs";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "MODEL.yaml",
      arity = "1..*",
      description = "Model files; later ones are laid over earlier ones. Or, with --resume, a run.")
  private List<Path> files = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "RUN",
      description =
          "Folder to keep the run in. When absent, runs/NAME, or runs/NAME-2 and so on where that is taken.")
  private @Nullable Path output;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one value of the model file.")
  private List<String> sets = new ArrayList<>();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of all randomness, as --set seed=N.")
  private @Nullable Long seed;

  @Option(
      names = "--initial-weights",
      paramLabel = "FILE",
      description = "Weights to start from: .weights.h5 or .npz, as Keras writes them.")
  private @Nullable Path initialWeights;

  @Option(
      names = "--resume",
      description =
          "Goes on with a run that was stopped; without -o the newest of the model's name.")
  private boolean resume;

  @Option(
      names = "--progress",
      description =
          "How training is shown: ${COMPLETION-CANDIDATES}. auto is a bar on a terminal, else plain, a"
              + " line an epoch.")
  private ProgressMode progress = ProgressMode.AUTO;

  @Option(names = "--format", description = "Form of the result: ${COMPLETION-CANDIDATES}.")
  private OutputFormat format = OutputFormat.TEXT;

  @Mixin private ThreadOptions threads = new ThreadOptions();
  @Mixin private PluginOptions plugins = new PluginOptions();

  /**
   * What is to be trained, and where.
   *
   * @param specification with a seed
   * @param directory what relative paths are relative to
   * @param folder the run's folder
   * @param checkpoint what to go on from, or null to start anew
   */
  private record Plan(
      Specification specification, Path directory, Path folder, @Nullable Checkpoint checkpoint) {}

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    Registry registry = plugins.registry(err);
    Plan plan = resume ? resumed(registry) : fresh(registry);
    new ProblemPrinter(err, Terminal.isColoured()).print(plan.specification().warnings());
    Checkpoint checkpoint = plan.checkpoint();
    if (checkpoint != null && isDone(plan.specification(), checkpoint)) {
      err.println(
          plan.folder()
              + ": the run is done, with "
              + checkpoint.epoch()
              + " epochs"
              + (checkpoint.stopped()
                  ? ", ended by a callback"
                  : "; to train longer, add --set fit.epochs=N"));
      return ExitStatus.DONE.code();
    }
    try (Interruption interruption =
        new Interruption(
            () -> err.println("\nstopping after this step; Ctrl-C again ends at once"))) {
      return train(plan, registry, interruption);
    }
  }

  private static boolean isDone(Specification specification, Checkpoint checkpoint) {
    return checkpoint.stopped() || checkpoint.epoch() >= specification.fit().epochs();
  }

  private Plan fresh(Registry registry) {
    if (files.size() == 1 && Files.isDirectory(files.get(0))) {
      RunFolder run = RunFolder.open(files.get(0));
      throw new UsageException(run.path() + ": is a run; add --resume to go on with it");
    }
    Specification specification = FileModelOpener.seeded(read(registry));
    Path folder = output;
    if (folder == null) {
      folder = RunFolder.unused(RunFolder.RUNS, folderName(specification));
    } else {
      RunFolder.requireFree(folder);
    }
    specification.fit().callbacks().forEach(Callback::checkNewTraining);
    return new Plan(specification, specification.directory(), folder, null);
  }

  private Specification read(Registry registry) {
    List<String> all = new ArrayList<>(sets);
    if (seed != null) {
      all.add("seed=" + seed);
    }
    return SpecificationReader.read(files, all, registry);
  }

  private static String folderName(Specification specification) {
    return specification.name().replaceAll("[^\\p{L}\\p{N}._-]+", "-");
  }

  private Plan resumed(Registry registry) {
    if (initialWeights != null) {
      throw new UsageException(
          "--initial-weights and --resume: a run goes on with its own weights");
    }
    if (files.size() == 1 && Files.isDirectory(files.get(0))) {
      RunFolder run = RunFolder.open(files.get(0));
      if (output != null) {
        throw new UsageException("-o: a run that goes on stays where it is, in " + run.path());
      }
      files = List.of(run.modelFile());
      return resumed(run, registry, Path.of(run.environment().directory()));
    }
    Specification specification = read(registry);
    Path folder = output;
    if (folder == null) {
      String name = folderName(specification);
      folder =
          RunFolder.newest(RunFolder.RUNS, name)
              .orElseThrow(
                  () ->
                      new UsageException(
                          "--resume: no run "
                              + RunFolder.RUNS.resolve(name)
                              + "; name the folder of the run with -o"));
    }
    return resumed(RunFolder.open(folder), registry, specification.directory());
  }

  private Plan resumed(RunFolder run, Registry registry, Path directory) {
    Specification before = SpecificationReader.read(List.of(run.modelFile()), List.of(), registry);
    Specification now = read(registry);
    Long drawn = before.seed();
    if (now.seed() == null && drawn != null) {
      now = now.withSeed(drawn);
    }
    List<String> differences =
        ModelDifferences.between(before, now, registry).stream()
            .filter(difference -> !FREE_TO_CHANGE.equals(difference.path()))
            .map(TrainCommand::hindrance)
            .toList();
    if (!differences.isEmpty()) {
      throw new UsageException(
          run.path()
              + ": can't go on, because the model is not the same:\n  "
              + String.join("\n  ", differences)
              + "\nLeave out --resume to start a new run, or go on with the run's own model: rondo train "
              + run.path()
              + " --resume");
    }
    return new Plan(now, directory, run.path(), run.checkpoint(Trainer.LAST));
  }

  private static String hindrance(Difference difference) {
    return difference.path()
        + ": the run has "
        + Objects.requireNonNullElse(difference.before(), "nothing")
        + ", the model file "
        + Objects.requireNonNullElse(difference.after(), "nothing");
  }

  private int train(Plan plan, Registry registry, BooleanSupplier interrupted) {
    PrintWriter err = spec.commandLine().getErr();
    TrainingListener shown =
        TrainingProgress.of(
            progress,
            plan.specification().semantics(),
            Terminal.isPresent(),
            text -> {
              err.print(text);
              err.flush();
            },
            System::nanoTime);
    Settings settings = new Settings(threads.threads(), plan.directory());
    Checkpoint checkpoint = plan.checkpoint();
    List<Module> modules =
        List.of(
            new ModelModule(plan.specification(), registry, settings),
            new TrainingModule(),
            new RunFolderModule(plan.folder(), checkpoint != null, shown, interrupted));
    try (Experiment experiment = new Experiment(modules)) {
      // Whatever may be wrong is looked at before the run's folder is made.
      Path weights = initialWeights;
      if (weights != null) {
        experiment
            .get(WeightFiles.class)
            .read(weights, experiment.get(Network.class), experiment.get(Workers.class));
      }
      if (checkpoint != null) {
        RunFolder.open(plan.folder())
            .data()
            .ifPresent(state -> experiment.get(SampleLoader.class).restore(state));
      }
      experiment.get(Samples.class);
      if (checkpoint == null) {
        DataState learned = experiment.get(SampleLoader.class).state();
        experiment.get(RunFolder.class).writeData(learned);
      }
      try (RunLog log = experiment.get(RunLog.class)) {
        experiment.get(TrainingListener.class).say(experiment.get(Arithmetic.class).toString());
        return train(experiment.get(Trainer.class), checkpoint, log, plan);
      }
    }
  }

  private int train(Trainer trainer, @Nullable Checkpoint checkpoint, RunLog log, Plan plan) {
    if (checkpoint != null) {
      trainer.restore(checkpoint);
      log.say("going on after epoch " + checkpoint.epoch() + ", batch " + checkpoint.batch());
    }
    Trainer.Ending ending;
    try {
      ending = trainer.fit();
    } catch (RondoException e) {
      log.say(String.valueOf(e.getMessage()));
      throw e;
    }
    log.say(ending == Trainer.Ending.DONE ? "done" : "interrupted");
    report(ending, trainer, plan);
    return (ending == Trainer.Ending.DONE ? ExitStatus.DONE : ExitStatus.INTERRUPTED).code();
  }

  private void report(Trainer.Ending ending, Trainer trainer, Plan plan) {
    if (ending == Trainer.Ending.INTERRUPTED) {
      spec.commandLine()
          .getErr()
          .println("stopped; to go on: rondo train " + plan.folder() + " --resume");
    }
    PrintWriter out = spec.commandLine().getOut();
    if (format == OutputFormat.JSON) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("run", plan.folder().toString());
      result.put("done", ending == Trainer.Ending.DONE);
      result.put("history", trainer.history().values());
      out.println(Json.text(result));
    } else if (ending == Trainer.Ending.DONE) {
      out.println("run saved in " + plan.folder());
    }
  }
}
