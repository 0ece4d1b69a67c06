/**
 * Metrics: figures logged beside the loss. Those that are a mean over rows extend {@link
 * org.rondoml.standard.metrics.MeanOverRows} and say what one row is worth, or are the {@linkplain
 * org.rondoml.standard.metrics.LossMean mean} of the loss of the same name. Those that count what
 * lies above thresholds extend {@link org.rondoml.standard.metrics.Confusion}.
 */
@NullMarked
package org.rondoml.standard.metrics;

import org.jspecify.annotations.NullMarked;
