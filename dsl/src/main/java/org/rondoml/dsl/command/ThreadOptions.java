package org.rondoml.dsl.command;

import org.rondoml.api.UsageException;
import picocli.CommandLine.Option;

/** How many threads compute. */
final class ThreadOptions {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads that compute; as many as there are cores when absent. Results don't depend on it.")
  private int threads = Runtime.getRuntime().availableProcessors();

  int threads() {
    if (threads < 1) {
      throw new UsageException("--threads: found " + threads + ", expected at least 1");
    }
    return threads;
  }
}
