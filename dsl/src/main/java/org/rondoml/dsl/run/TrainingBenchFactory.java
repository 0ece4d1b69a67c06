package org.rondoml.dsl.run;

import org.rondoml.api.DataException;
import org.rondoml.core.engine.SampleData;
import org.rondoml.core.engine.TrainingBench;

/** Makes training to be timed: losses and metrics are chosen by the data. */
@FunctionalInterface
public interface TrainingBenchFactory {
  /**
   * Steps of training on samples of this form.
   *
   * @throws DataException where the samples have no targets, or none that fit the model
   */
  TrainingBench of(SampleData data, int batchSize);
}
