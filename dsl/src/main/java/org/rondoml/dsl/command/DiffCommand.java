package org.rondoml.dsl.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.ExitStatus;
import org.rondoml.core.registry.Registry;
import org.rondoml.dsl.difference.Difference;
import org.rondoml.dsl.difference.ModelDifferences;
import org.rondoml.dsl.difference.Results;
import org.rondoml.dsl.difference.RunDifferences;
import org.rondoml.dsl.json.Json;
import org.rondoml.dsl.runfolder.RunFolder;
import org.rondoml.dsl.specification.Specification;
import org.rondoml.dsl.specification.SpecificationReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rondo diff}. */
@Command(
    name = "diff",
    description =
        "Tells what differs between two models in meaning, whatever they leave to defaults, and"
            + " between runs what they have reached.",
    mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {
  private static final String MODEL_OR_RUN = "A model file, or a folder that train wrote.";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "A", description = MODEL_OR_RUN)
  private Path first = Path.of("");

  @Parameters(index = "1", paramLabel = "B", description = MODEL_OR_RUN)
  private Path second = Path.of("");

  @Option(names = "--format", description = "Form of the result: ${COMPLETION-CANDIDATES}.")
  private OutputFormat format = OutputFormat.TEXT;

  @Option(
      names = "--exit-code",
      description = "Ends with status 5 where the models differ; else it is 0 either way.")
  private boolean exitCode;

  @Mixin private PluginOptions plugins = new PluginOptions();

  /**
   * One of the two.
   *
   * @param path as the user named it
   * @param specification the model
   * @param run the run; null where it is a model file
   */
  private record Side(Path path, Specification specification, @Nullable RunFolder run) {
    static Side of(Path path, Registry registry) {
      RunFolder run = Files.isDirectory(path) ? RunFolder.open(path) : null;
      Path file = run == null ? path : run.modelFile();
      return new Side(path, SpecificationReader.read(List.of(file), List.of(), registry), run);
    }

    /**
     * With the other's seed where one of the two leaves it to be drawn, which is no difference; or
     * where both are runs, of which either may have been drawn: it is told with what they were made
     * with.
     */
    Specification seededAs(Side other) {
      Long seed = other.specification.seed();
      boolean drawn = specification.seed() == null || (run != null && other.run != null);
      return drawn && seed != null ? specification.withSeed(seed) : specification;
    }
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Registry registry = plugins.registry(spec.commandLine().getErr());
    Side a = Side.of(first, registry);
    Side b = Side.of(second, registry);
    List<Difference> differences =
        ModelDifferences.between(
            a.seededAs(b), b.run() == null ? b.seededAs(a) : b.specification(), registry);
    RunFolder runA = a.run();
    RunFolder runB = b.run();
    List<Difference> environment = List.of();
    List<Results> results = List.of();
    if (runA != null && runB != null) {
      environment = RunDifferences.between(runA.environment(), runB.environment());
      results =
          List.of(
              Results.of(runA.history(), a.specification().fit().plan()),
              Results.of(runB.history(), b.specification().fit().plan()));
    }
    if (format == OutputFormat.JSON) {
      out.println(Json.text(json(differences, environment, results)));
    } else {
      print(out, differences, environment, results);
    }
    return (exitCode && !differences.isEmpty() ? ExitStatus.DIFFERENT : ExitStatus.DONE).code();
  }

  private Map<String, Object> json(
      List<Difference> differences, List<Difference> environment, List<Results> results) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("a", first.toString());
    all.put("b", second.toString());
    all.put("same", differences.isEmpty());
    all.put("differences", differences);
    if (!results.isEmpty()) {
      all.put("environment", environment);
      Map<String, Object> both = new LinkedHashMap<>();
      both.put("a", results.get(0));
      both.put("b", results.get(1));
      all.put("results", both);
    }
    return all;
  }

  private void print(
      PrintWriter out,
      List<Difference> differences,
      List<Difference> environment,
      List<Results> results) {
    DifferenceLines lines = new DifferenceLines(Terminal.takesColours());
    if (differences.isEmpty()) {
      out.println(first + " and " + second + " mean the same");
    }
    differences.forEach(difference -> out.println(lines.of(difference)));
    environment.forEach(difference -> out.println(lines.of(difference)));
    if (!results.isEmpty()) {
      out.println();
      new TextTable(table(results.get(0), results.get(1)), 4).print(out);
    }
    out.flush();
  }

  private static List<List<String>> table(Results a, Results b) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Results", "A: last", "B: last", "A: best", "B: best"));
    rows.add(
        List.of(
            "epoch",
            String.valueOf(a.epochs()),
            String.valueOf(b.epochs()),
            String.valueOf(a.bestEpoch()),
            String.valueOf(b.bestEpoch())));
    Set<String> names = new LinkedHashSet<>();
    List.of(a.last(), b.last(), a.best(), b.best()).forEach(m -> names.addAll(m.keySet()));
    for (String name : names) {
      rows.add(
          List.of(
              name,
              figure(a.last().get(name)),
              figure(b.last().get(name)),
              figure(a.best().get(name)),
              figure(b.best().get(name))));
    }
    return rows;
  }

  private static String figure(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.6g", value);
  }
}
