/**
 * Training shown as Keras shows it: {@link org.rondoml.dsl.progress.ProgressMode} and the semantics
 * choose the {@linkplain org.rondoml.dsl.progress.TrainingProgress form}; a {@code LineStyle} has
 * the words of one generation of Keras.
 */
@NullMarked
package org.rondoml.dsl.progress;

import org.jspecify.annotations.NullMarked;
