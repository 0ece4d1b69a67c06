/**
 * Metrics: figures logged beside the loss. Those that are a mean over rows extend {@link
 * org.rondoml.standard.metrics.MeanOverRows} and say what one row is worth.
 */
@NullMarked
package org.rondoml.standard.metrics;

import org.jspecify.annotations.NullMarked;
