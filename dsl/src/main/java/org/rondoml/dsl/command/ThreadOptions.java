package org.rondoml.dsl.command;

import org.jspecify.annotations.Nullable;
import org.rondoml.api.UsageException;
import picocli.CommandLine.Option;

/** How many threads compute. */
final class ThreadOptions {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads that compute; as many as there are cores when absent, but one for generate."
              + " Results don't depend on it.")
  private @Nullable Integer threads;

  int threads() {
    return threads(Runtime.getRuntime().availableProcessors());
  }

  /**
   * How many threads the user wants.
   *
   * @param otherwise how many there are where nothing is said
   */
  int threads(int otherwise) {
    Integer given = threads;
    if (given != null && given < 1) {
      throw new UsageException("--threads: found " + given + ", expected at least 1");
    }
    return given == null ? otherwise : given;
  }
}
