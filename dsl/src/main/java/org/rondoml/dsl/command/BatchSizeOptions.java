package org.rondoml.dsl.command;

import org.jspecify.annotations.Nullable;
import org.rondoml.api.UsageException;
import org.rondoml.core.engine.FitPlan;
import picocli.CommandLine.Option;

/** How many samples are computed at a time; results don't depend on it. */
final class BatchSizeOptions {
  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Samples to compute at a time; the model file's when absent.")
  private @Nullable Integer batchSize;

  int batchSize(FitPlan plan) {
    Integer given = batchSize;
    int size = given != null ? given : plan.batchSize();
    if (size < 1) {
      throw new UsageException("--batch-size: found " + size + ", expected at least 1");
    }
    return size;
  }
}
