/**
 * Long short-term memory: the {@link org.rondoml.lstm.LSTM} layer and the arithmetic of its gates.
 */
@NullMarked
package org.rondoml.lstm;

import org.jspecify.annotations.NullMarked;
