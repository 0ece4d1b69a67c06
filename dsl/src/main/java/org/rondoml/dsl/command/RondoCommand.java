package org.rondoml.dsl.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rondo}: recurrent neural networks from YAML, with the numbers of Keras. */
@Command(
    name = "rondo",
    description =
        "Recurrent neural networks from YAML, with the names, defaults and numbers of Keras.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      NewCommand.class,
      TrainCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      GenerateCommand.class,
      CheckCommand.class,
      ResolveCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      DiffCommand.class,
      BenchCommand.class,
      InspectCommand.class,
      PluginsCommand.class,
      SchemaCommand.class
    })
public final class RondoCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  private RondoCommand() {}

  /** Runs the command line and ends the process with its {@link org.rondoml.api.ExitStatus}. */
  public static void main(String[] arguments) {
    VectorModule.load();
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    int status = execute(out, err, arguments);
    out.flush();
    err.flush();
    System.exit(status);
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
  }

  /**
   * Runs a command.
   *
   * @param out takes results
   * @param err takes progress and mistakes
   * @return the status to end with
   */
  public static int execute(PrintWriter out, PrintWriter err, String... arguments) {
    Failures failures = new Failures();
    return new CommandLine(new RondoCommand())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .execute(arguments);
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "found no command; expected one of " + String.join(", ", spec.subcommands().keySet()));
  }
}
