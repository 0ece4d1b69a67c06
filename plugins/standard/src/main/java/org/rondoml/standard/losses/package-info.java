/**
 * Losses, most of them a number for a row along the last axis. The engine takes the mean over rows.
 * Those that are a mean over elements extend {@link org.rondoml.standard.losses.ElementMean} and
 * say what one element is worth. The cross-entropies have a form that starts from what went into
 * the output's activation, exact where probabilities would have to be clipped. {@link
 * org.rondoml.standard.losses.CTC} sees a whole sequence, {@link
 * org.rondoml.standard.losses.Overlap} the whole batch.
 */
@NullMarked
package org.rondoml.standard.losses;

import org.jspecify.annotations.NullMarked;
