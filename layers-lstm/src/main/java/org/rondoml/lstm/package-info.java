/** Long short-term memory on the time loop of {@link org.rondoml.rnn}. */
@NullMarked
package org.rondoml.lstm;

import org.jspecify.annotations.NullMarked;
