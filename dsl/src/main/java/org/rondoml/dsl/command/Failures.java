package org.rondoml.dsl.command;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.ExitStatus;
import org.rondoml.api.ModelFileException;
import org.rondoml.api.RondoException;
import picocli.CommandLine;

/**
 * How commands end that don't succeed: a user's mistake with a clear line, a defect with all that
 * is needed to report it.
 */
final class Failures
    implements CommandLine.IExecutionExceptionHandler, CommandLine.IParameterExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    PrintWriter err = command.getErr();
    if (failure instanceof ModelFileException mistakes) {
      new ProblemPrinter(err, Terminal.isColoured()).print(mistakes.problems());
      return mistakes.exitStatus().code();
    }
    if (failure instanceof RondoException mistake) {
      err.println(mistake.getMessage());
      return mistake.exitStatus().code();
    }
    failure.printStackTrace(err);
    err.println();
    err.println(
        "This is a defect of Rondo, not yours. Please report it with the lines above and the model"
            + " file.");
    return ExitStatus.DEFECT.code();
  }

  @Override
  public int handleParseException(CommandLine.ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    PrintWriter err = command.getErr();
    String unknown = unknownCommand(mistake);
    err.println(unknown != null ? unknown : mistake.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(mistake, err)) {
      err.println("Usage: " + command.getHelp().synopsis(0).strip());
    }
    err.println("'" + command.getCommandSpec().qualifiedName() + " --help' tells more.");
    return ExitStatus.USAGE.code();
  }

  /** A word in the place of a command, which picocli only calls unmatched. */
  private static @Nullable String unknownCommand(CommandLine.ParameterException mistake) {
    CommandLine command = mistake.getCommandLine();
    if (command.getParent() != null
        || !(mistake instanceof CommandLine.UnmatchedArgumentException unmatched)
        || unmatched.isUnknownOption()) {
      return null;
    }
    return "unknown command '"
        + unmatched.getUnmatched().get(0)
        + "'; expected one of "
        + String.join(", ", command.getSubcommands().keySet());
  }
}
