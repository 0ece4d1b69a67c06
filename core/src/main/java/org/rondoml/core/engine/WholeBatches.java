package org.rondoml.core.engine;

import org.rondoml.api.DataException;
import org.rondoml.core.graph.Graph;

/** What a model with stateful layers asks of its data: batches of one size. */
final class WholeBatches {
  private WholeBatches() {}

  /**
   * Checks that all batches have the same size where a layer keeps something from one to the next.
   *
   * @throws DataException where the last batch would be smaller than those before it
   */
  static void require(Graph graph, SampleData data, int batchSize) {
    int rest = data.size() % batchSize;
    if (rest == 0 || data.size() < batchSize) {
      return;
    }
    graph.steps().stream()
        .filter(step -> step.node().layer().isStateful())
        .findFirst()
        .ifPresent(
            step -> {
              throw new DataException(
                  data.origin()
                      + ": layer '"
                      + step.node().name()
                      + "' is stateful and needs batches of one size, but "
                      + data.size()
                      + " samples in batches of "
                      + batchSize
                      + " leave "
                      + rest
                      + ": choose a batch_size that divides the number of samples, or leave out "
                      + rest
                      + (rest == 1 ? " sample" : " samples"));
            });
  }
}
