/**
 * Keras' models without their weights, read and written: the JSON of {@code model.to_json()}
 * ({@link org.rondoml.keras.model.KerasJson}) and the archives of {@code model.save()} ({@link
 * org.rondoml.keras.model.KerasArchive}, which are only read).
 *
 * <p>A layer's keys in Rondo are Keras' arguments, which Keras' JSON writes out, so that there is
 * no list of layers here: everything follows from the components' config records. What Keras writes
 * in another way is in {@link org.rondoml.keras.model.KerasDifferences}, each thing with its
 * reason.
 */
@NullMarked
package org.rondoml.keras.model;

import org.jspecify.annotations.NullMarked;
