package org.rondoml.standard.activations;

import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;

/**
 * A rectified linear unit with a threshold, a limit or a slope below the threshold:
 *
 * <ul>
 *   <li>y = max_value for x &gt; max_value
 *   <li>y = x for threshold &lt; x &lt;= max_value
 *   <li>y = negative_slope · (x - threshold) otherwise
 * </ul>
 *
 * <p>Formula: Keras, {@code ReLU.static_call} in {@code keras/src/activations/activations.py}.
 */
final class BentRelu extends InputDifferentiated {
  private final double negativeSlope;
  private final double maxValue;
  private final double threshold;

  BentRelu(Relu.Config config, Semantics semantics) {
    negativeSlope = config.negativeSlope();
    @Nullable Double limit = config.maxValue();
    if (limit == null) {
      maxValue = Double.POSITIVE_INFINITY;
    } else {
      // Keras 3 keeps the limit in 32 bits, whatever the precision of the tensors.
      maxValue = semantics == Semantics.KERAS3 ? limit.floatValue() : limit;
    }
    threshold = config.threshold();
  }

  @Override
  double value(double x) {
    return x > threshold ? Math.min(x, maxValue) : negativeSlope * (x - threshold);
  }

  @Override
  double slope(double x) {
    if (x > threshold) {
      return x <= maxValue ? 1 : 0;
    }
    return negativeSlope;
  }
}
