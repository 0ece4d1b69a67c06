package org.rondoml.dsl.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
import org.rondoml.api.ExitStatus;
import org.rondoml.api.Precision;
import org.rondoml.api.UsageException;
import org.rondoml.core.engine.FitPlan;
import org.rondoml.core.engine.Predictor;
import org.rondoml.core.engine.SampleData;
import org.rondoml.core.graph.Graph;
import org.rondoml.core.io.NpyFormat;
import org.rondoml.core.io.NpzFormat;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Dataset;
import org.rondoml.dsl.run.Experiment;
import org.rondoml.dsl.run.SampleLoader;
import org.rondoml.dsl.specification.Specification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rondo predict}. */
@Command(
    name = "predict",
    description = "Computes a model's outputs.",
    mixinStandardHelpOptions = true)
final class PredictCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private TrainedModelOptions model = new TrainedModelOptions();

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description =
          "Samples: .npy, or .npz with an array for each input, or a table, .csv, as the training"
              + " data is. When absent, the model file's validation samples, or else its training"
              + " samples.")
  private @Nullable Path input;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "Where to write: .npy, .npz or .csv. When absent, CSV is printed. CSV has a line a sample, or"
              + " a step where a table's rows are the steps of sequences. Of a model trained on a"
              + " table, its first line has names: those of the targets that are numbers; of a target"
              + " that is a class its own, below which is the likeliest class, and then the classes'"
              + " names, below which are their probabilities.")
  private @Nullable Path output;

  @Mixin private BatchSizeOptions batchSize = new BatchSizeOptions();

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try (Experiment experiment = model.open(err)) {
      Graph graph = experiment.get(Graph.class);
      Predictions predictions =
          new Predictions(
              graph.outputs().stream()
                  .map(o -> graph.steps().get(o.step()).node().name())
                  .toList());
      Path file = output;
      if (file != null) {
        predictions.requireWritable(file);
      }
      Path given = input;
      SampleData samples =
          given != null
              ? ofFile(given, graph, experiment)
              : ofModelFile(experiment.get(SampleLoader.class), err);
      List<INDArray> predicted =
          experiment
              .get(Predictor.class)
              .predict(samples, batchSize.batchSize(experiment.get(FitPlan.class)));
      List<INDArray> outputs =
          hasData(experiment)
              ? experiment.get(SampleLoader.class).inUnitsOfTargets(predicted)
              : predicted;
      Predictions.About about = about(samples, graph, experiment);
      if (file != null) {
        predictions.write(file, outputs, about);
      } else {
        predictions.print(spec.commandLine().getOut(), outputs, about);
      }
    }
    return ExitStatus.DONE.code();
  }

  /** A model that only predicts, as one that was imported, needs no data section. */
  private static boolean hasData(Experiment experiment) {
    return experiment.get(Specification.class).data() != null;
  }

  private static Predictions.About about(SampleData samples, Graph graph, Experiment experiment) {
    if (!hasData(experiment) || graph.outputs().size() > 1) {
      return new Predictions.About(samples.padding(), List.of(), null, Activation.Link.OTHER);
    }
    SampleLoader loader = experiment.get(SampleLoader.class);
    List<String> targets = loader.targetNames();
    Activation.Link link =
        graph
            .steps()
            .get(graph.outputs().get(0).step())
            .node()
            .layer()
            .outputActivation()
            .map(Activation::link)
            .orElse(Activation.Link.OTHER);
    return new Predictions.About(
        samples.padding(),
        targets,
        targets.size() == 1 ? loader.classes().get(targets.get(0)) : null,
        link);
  }

  private static SampleData ofFile(Path file, Graph graph, Experiment experiment) {
    if (hasData(experiment)) {
      SampleLoader loader = experiment.get(SampleLoader.class);
      return isTable(file) ? loader.toPredict(file) : loader.transformed(arrays(file, graph));
    }
    if (isTable(file)) {
      throw new UsageException(
          file
              + ": a table is read as the training data is, but the model file names none; expected"
              + " .npy or .npz");
    }
    return SampleData.of(arrays(file, graph), graph, experiment.get(Precision.class));
  }

  private static boolean isTable(Path file) {
    String name = file.toString();
    return name.endsWith(".csv") || name.endsWith(".tsv") || name.endsWith(".csv.gz");
  }

  private static SampleData ofModelFile(SampleLoader loader, PrintWriter err) {
    boolean validation = loader.hasValidation();
    err.println(
        "predicting the "
            + (validation ? "validation" : "training")
            + " samples of the model file; --input names others");
    return validation ? loader.validation() : loader.train();
  }

  private static Dataset arrays(Path file, Graph graph) {
    String name = file.toString();
    if (name.endsWith(".npy")) {
      return new Dataset(
          Map.of("x", withSamples(file, NpyFormat.read(file))), List.of(), null, name);
    }
    if (!name.endsWith(".npz")) {
      throw new UsageException(file + ": unknown ending; expected .npy, .npz or .csv");
    }
    List<String> inputs =
        graph.inputs().stream().map(i -> graph.steps().get(i).node().name()).toList();
    List<String> present = NpzFormat.names(file);
    List<String> wanted = inputs;
    if (inputs.size() == 1 && !present.contains(inputs.get(0))) {
      wanted = present.size() == 1 ? present : List.of("x");
    }
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    NpzFormat.read(file, wanted).forEach((key, array) -> arrays.put(key, withSamples(file, array)));
    return new Dataset(arrays, List.of(), null, name);
  }

  private static INDArray withSamples(Path file, INDArray array) {
    if (array.rank() == 0) {
      throw new DataException(file + ": a single number; expected an array of samples");
    }
    return array;
  }
}
