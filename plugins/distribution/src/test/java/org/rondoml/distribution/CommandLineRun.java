package org.rondoml.distribution;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.rondoml.dsl.command.RondoCommand;

/**
 * What a command has done.
 *
 * @param status the status it ended with
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record CommandLineRun(int status, String out, String err) {
  /** Runs a command in this process. */
  static CommandLineRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = RondoCommand.execute(new PrintWriter(out), new PrintWriter(err), arguments);
    return new CommandLineRun(status, out.toString(), err.toString());
  }
}
