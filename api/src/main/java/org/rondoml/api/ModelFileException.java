package org.rondoml.api;

import java.util.List;
import java.util.stream.Collectors;

/** A model file has mistakes: all of them, in the order of the file. */
public class ModelFileException extends RondoException {
  private static final long serialVersionUID = 1;

  private final transient List<Problem> problems;

  /** A failure that lists its problems, a line each. */
  public ModelFileException(List<Problem> problems) {
    super(
        ExitStatus.USAGE,
        problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** The mistakes, in the order of the file. */
  public List<Problem> problems() {
    return problems;
  }
}
