package org.rondoml.dsl.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.rondoml.api.ExitStatus;
import org.rondoml.dsl.language.Origins;
import org.rondoml.dsl.run.FileModelOpener;
import org.rondoml.dsl.specification.Specification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rondo resolve}: what a model file comes to. */
@Command(
    name = "resolve",
    description =
        "Prints the document that model files come to: overlays and --set applied, every default"
            + " written out, and behind each value where it comes from. It is a model file that"
            + " trains to the same numbers; relative paths in it are those of the first file.",
    mixinStandardHelpOptions = true)
final class ResolveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ModelFileOptions model = new ModelFileOptions();

  @Option(names = "--plain", description = "Leaves out where values come from.")
  private boolean plain;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Specification specification = FileModelOpener.seeded(model.read(model.registry(err)));
    new ProblemPrinter(err, Terminal.isColoured()).print(specification.warnings());
    out.print(plain ? specification.resolvedText() : Origins.text(specification.resolved()));
    out.flush();
    return ExitStatus.DONE.code();
  }
}
