/**
 * Losses, each a number for a row along the last axis. The engine takes the mean over rows. The
 * cross-entropies have a form that starts from what went into the output's activation, exact where
 * probabilities would have to be clipped.
 */
@NullMarked
package org.rondoml.standard.losses;

import org.jspecify.annotations.NullMarked;
