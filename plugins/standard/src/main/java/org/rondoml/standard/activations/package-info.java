/**
 * Activation functions, each by Keras' name. A new one implements {@link
 * org.rondoml.core.spi.Activation}: {@code forward} computes y = f(x) for a row, {@code backward}
 * dx = dy · f'(x), from y alone where that is possible ({@code gradientNeedsInput}), so that layers
 * keep less. Functions that are not hot extend a base that asks for the value and the slope of one
 * element.
 */
@NullMarked
package org.rondoml.standard.activations;

import org.jspecify.annotations.NullMarked;
