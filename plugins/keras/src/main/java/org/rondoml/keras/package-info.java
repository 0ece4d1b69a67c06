/** Keras' weight files, read and written: {@code .weights.h5} and {@code .npz}. */
@NullMarked
package org.rondoml.keras;

import org.jspecify.annotations.NullMarked;
