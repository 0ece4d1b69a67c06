package org.rondoml.dsl.command;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rondoml.api.Problem;
import org.rondoml.api.Problem.Severity;

/**
 * Shows the problems of model files as people look for them: each with the line of the file, and a
 * mark under the place. What there is no room for is counted.
 */
final class ProblemPrinter {
  /** More than fit on a screen help nobody: the first are mended first. */
  private static final int MOST = 20;

  /** With more, the lines of the file would take the screen. */
  private static final int MOST_EXCERPTS = 6;

  private static final String ERROR = "\u001b[1;31m";
  private static final String WARNING = "\u001b[1;33m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintWriter to;
  private final boolean coloured;
  private final Map<String, Excerpts> excerpts = new HashMap<>();

  /**
   * A printer.
   *
   * @param coloured whether the reader is a terminal that shows colours
   */
  ProblemPrinter(PrintWriter to, boolean coloured) {
    this.to = to;
    this.coloured = coloured;
  }

  /** Prints problems in their order. */
  void print(List<Problem> problems) {
    boolean shows = problems.size() <= MOST_EXCERPTS;
    for (Problem problem : problems.subList(0, Math.min(MOST, problems.size()))) {
      print(problem, shows);
    }
    if (problems.size() > MOST) {
      to.println(
          "and " + (problems.size() - MOST) + " more: rondo check --format json lists all of them");
    }
  }

  private void print(Problem problem, boolean shows) {
    String colour = problem.severity() == Severity.ERROR ? ERROR : WARNING;
    to.println(problem);
    String file = problem.file();
    if (shows && file != null && problem.line() > 0) {
      excerpts
          .computeIfAbsent(file, Excerpts::new)
          .of(problem.line(), problem.column())
          .ifPresent(
              excerpt -> {
                to.println(excerpt.text());
                to.println(coloured ? excerpt.mark(colour, PLAIN) : excerpt.mark("", ""));
              });
    }
  }
}
