package org.rondoml.dsl.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.rondoml.api.ExitStatus;
import org.rondoml.api.UsageException;
import org.rondoml.core.compute.KernelSelection;
import org.rondoml.core.registry.Registry;
import org.rondoml.dsl.inspect.LayerKernels;
import org.rondoml.dsl.json.Json;
import org.rondoml.dsl.run.Arithmetic;
import org.rondoml.dsl.run.Experiment;
import org.rondoml.dsl.run.FileModelOpener;
import org.rondoml.dsl.run.Settings;
import org.rondoml.dsl.runfolder.RunFolder;
import org.rondoml.dsl.specification.Specification;
import org.rondoml.dsl.specification.SpecificationReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rondo inspect}. */
@Command(
    name = "inspect",
    description = "Looks into a model: kernels tells what computes each layer, and why.",
    mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {
  private static final String KERNELS = "kernels";

  /** What there is to look at. */
  private static final List<String> SIGHTS = List.of(KERNELS);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "RUN|MODEL.yaml",
      description = "A folder that train wrote, or a model file.")
  private Path model = Path.of("");

  @Parameters(index = "1", paramLabel = "WHAT", description = "What to look at: " + KERNELS + ".")
  private String sight = KERNELS;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Sets one value of the model file.")
  private List<String> sets = new ArrayList<>();

  @Option(names = "--format", description = "Form of the result: ${COMPLETION-CANDIDATES}.")
  private OutputFormat format = OutputFormat.TEXT;

  @Mixin private PluginOptions plugins = new PluginOptions();

  @Override
  public Integer call() {
    if (!SIGHTS.contains(sight)) {
      throw new UsageException(
          "nothing called '"
              + sight
              + "' to look at in a model; expected one of "
              + String.join(", ", SIGHTS));
    }
    Registry registry = plugins.registry(spec.commandLine().getErr());
    Path file = Files.isDirectory(model) ? RunFolder.open(model).modelFile() : model;
    Specification specification =
        FileModelOpener.seeded(SpecificationReader.read(List.of(file), sets, registry));
    Settings settings = new Settings(1, specification.directory());
    try (Experiment experiment =
        new Experiment(FileModelOpener.modules(specification, registry, settings))) {
      printKernels(specification, experiment);
    }
    return ExitStatus.DONE.code();
  }

  private void printKernels(Specification specification, Experiment experiment) {
    PrintWriter out = spec.commandLine().getOut();
    Arithmetic arithmetic = experiment.get(Arithmetic.class);
    List<LayerKernels> layers =
        LayerKernels.of(
            specification.requireGraph(),
            specification.precision(),
            experiment.get(KernelSelection.class),
            specification.fit().batchSize());
    if (format == OutputFormat.JSON) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("model", specification.name());
      result.put("precision", specification.precision().toString());
      result.put("elementwise", arithmetic.elementwise());
      result.put("kernels", layers);
      out.println(Json.text(result));
      return;
    }
    out.println("Model: " + specification.name() + " (" + specification.precision() + ")");
    out.println();
    new KernelTable(layers).print(out);
    out.println("element-wise: " + arithmetic.elementwise());
  }
}
