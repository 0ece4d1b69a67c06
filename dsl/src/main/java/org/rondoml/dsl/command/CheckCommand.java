package org.rondoml.dsl.command;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.rondoml.api.ExitStatus;
import org.rondoml.api.ModelFileException;
import org.rondoml.dsl.json.Json;
import org.rondoml.dsl.specification.Specification;
import org.rondoml.dsl.summary.ModelSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rondo check}: needs neither data nor native code. */
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

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try {
      Specification specification = model.read(model.registry(err));
      ModelSummary summary = ModelSummary.of(specification);
      if (format == OutputFormat.JSON) {
        out.println(Json.text(summary));
      } else {
        new ProblemPrinter(err, Terminal.isColoured()).print(specification.warnings());
        new SummaryTable(summary).print(out);
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
}
