package org.rondoml.standard.metrics;

import java.util.List;
import org.rondoml.core.spi.LeftOut;
import org.rondoml.core.spi.Metric;

/** Keras' metrics that go with no compile. */
public final class LeftOutMetrics implements LeftOut {
  private static final String NUMBERS =
      "it averages or sums numbers that a program hands it, not targets and outputs: mae and mse are"
          + " means of both";

  @Override
  public List<Name> names() {
    return List.of(
        new Name(Metric.class, "Mean", NUMBERS),
        new Name(Metric.class, "Sum", NUMBERS),
        new Name(Metric.class, "MeanTensor", NUMBERS));
  }
}
