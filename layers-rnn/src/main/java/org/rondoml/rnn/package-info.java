/**
 * Recurrent layers and the loop over time they share.
 *
 * <p>A {@link org.rondoml.rnn.RecurrentLayer} is a {@link org.rondoml.rnn.FusedCell}, the
 * arithmetic of one step, run by a {@link org.rondoml.rnn.TimeLoop} and back by its {@link
 * org.rondoml.rnn.BackwardLoop}, which compute the matrix products, for all steps at once where
 * they can. {@link org.rondoml.rnn.SimpleRNN} is the smallest example.
 */
@NullMarked
package org.rondoml.rnn;

import org.jspecify.annotations.NullMarked;
