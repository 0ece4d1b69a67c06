/** Recurrent layers and what they share: the loop over time steps, its states and its mask. */
@NullMarked
package org.rondoml.rnn;

import org.jspecify.annotations.NullMarked;
