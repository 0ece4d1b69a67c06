package org.rondoml.dsl.run;

import org.rondoml.api.DataException;
import org.rondoml.core.engine.Evaluator;
import org.rondoml.core.engine.SampleData;

/** Makes evaluators: losses and metrics are chosen by the data. */
@FunctionalInterface
public interface EvaluatorFactory {
  /**
   * An evaluator for samples of this form.
   *
   * @throws DataException where the samples have no targets, or none that fit the model
   */
  Evaluator of(SampleData data);
}
