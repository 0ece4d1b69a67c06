package org.rondoml.dsl.command;

import com.google.inject.Module;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.DataException;
import org.rondoml.api.UsageException;
import org.rondoml.core.engine.Network;
import org.rondoml.core.engine.Trainer;
import org.rondoml.core.engine.Workers;
import org.rondoml.core.registry.Registry;
import org.rondoml.dsl.run.Experiment;
import org.rondoml.dsl.run.FileModelOpener;
import org.rondoml.dsl.run.SampleLoader;
import org.rondoml.dsl.run.Settings;
import org.rondoml.dsl.run.WeightFiles;
import org.rondoml.dsl.runfolder.RunFolder;
import org.rondoml.dsl.specification.Specification;
import org.rondoml.dsl.specification.SpecificationReader;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A model with weights: a run, or a model file and a file of weights. */
final class TrainedModelOptions {
  @Parameters(
      index = "0",
      paramLabel = "RUN|MODEL.yaml",
      description = "A folder that train wrote, or a model file with --initial-weights.")
  private Path model = Path.of("");

  @Option(
      names = "--initial-weights",
      paramLabel = "FILE",
      description = "Weights for a model file: .weights.h5 or .npz, as Keras writes them.")
  private @Nullable Path initialWeights;

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description = "The run's checkpoint to use: last (the default), best, ...")
  private String checkpoint = Trainer.LAST;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one value of the model file.")
  private List<String> sets = new ArrayList<>();

  @Mixin private ThreadOptions threads = new ThreadOptions();
  @Mixin private PluginOptions plugins = new PluginOptions();

  /** The components that are installed. */
  Registry registry(PrintWriter err) {
    return plugins.registry(err);
  }

  /** The model without its weights, which need not be there. */
  Specification read(Registry registry) {
    Path file = Files.isDirectory(model) ? RunFolder.open(model).modelFile() : model;
    return SpecificationReader.read(List.of(file), sets, registry);
  }

  /** The model, its weights read. */
  Experiment open(PrintWriter err) {
    return open(List.of(), err);
  }

  /**
   * The same for a model that is to compute one sample at a time: that is too little work to be
   * dealt out, so one thread computes it, unless the user wants more.
   */
  Experiment openForSingleSamples(PrintWriter err) {
    return open(List.of(), threads.threads(1), err);
  }

  /**
   * The model, its weights read.
   *
   * @param moreSets values to set besides the user's
   */
  Experiment open(List<String> moreSets, PrintWriter err) {
    return open(moreSets, threads.threads(), err);
  }

  private Experiment open(List<String> moreSets, int computing, PrintWriter err) {
    List<String> all = new ArrayList<>(sets);
    all.addAll(moreSets);
    return Files.isDirectory(model) ? ofRun(all, computing, err) : ofFile(all, computing, err);
  }

  private Experiment ofRun(List<String> all, int computing, PrintWriter err) {
    if (initialWeights != null) {
      throw new UsageException(
          "--initial-weights: " + model + " is a run, which has weights; use it with a model file");
    }
    RunFolder folder = RunFolder.open(model);
    Path directory = Path.of(folder.environment().directory());
    Experiment experiment = experiment(folder.modelFile(), all, directory, computing, err);
    try {
      experiment
          .get(Network.class)
          .restoreWeights(folder.checkpoint(checkpoint).weights(), experiment.get(Workers.class));
      if (experiment.get(Specification.class).data() != null) {
        SampleLoader loader = experiment.get(SampleLoader.class);
        folder.data().ifPresentOrElse(loader::restore, loader::restoreNothing);
      }
    } catch (DataException e) {
      experiment.close();
      throw e;
    }
    return experiment;
  }

  private Experiment ofFile(List<String> all, int computing, PrintWriter err) {
    if (!Files.exists(model)) {
      throw new UsageException(
          model
              + ": no such file or folder; expected a run, a folder that train writes, or a model file");
    }
    Path weights = initialWeights;
    if (weights == null) {
      throw new UsageException(
          model
              + " is a model file, which has no weights: add --initial-weights FILE, or name a run,"
              + " a folder that train wrote");
    }
    Experiment experiment = experiment(model, all, null, computing, err);
    try {
      experiment
          .get(WeightFiles.class)
          .read(weights, experiment.get(Network.class), experiment.get(Workers.class));
    } catch (DataException | UsageException e) {
      experiment.close();
      throw e;
    }
    return experiment;
  }

  private Experiment experiment(
      Path file, List<String> all, @Nullable Path directory, int computing, PrintWriter err) {
    Registry registry = plugins.registry(err);
    Specification specification =
        FileModelOpener.seeded(SpecificationReader.read(List.of(file), all, registry));
    Settings settings =
        new Settings(computing, directory == null ? specification.directory() : directory);
    List<Module> modules = FileModelOpener.modules(specification, registry, settings);
    return new Experiment(modules);
  }
}
