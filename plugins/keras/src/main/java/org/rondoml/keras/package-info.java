/**
 * Keras' weight files, read and written: {@code .weights.h5} ({@link org.rondoml.keras.H5Weights})
 * and {@code .npz} ({@link org.rondoml.keras.NpzWeights}).
 *
 * <p>Reading checks everything before it changes anything: a file that does not fit leaves the
 * model as it was.
 */
@NullMarked
package org.rondoml.keras;

import org.jspecify.annotations.NullMarked;
