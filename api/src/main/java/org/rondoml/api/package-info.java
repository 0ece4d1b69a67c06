/**
 * What callers use: load a model file with {@link org.rondoml.api.Rondo}, train it with a {@link
 * org.rondoml.api.Trainer}, ask a {@link org.rondoml.api.Model} for predictions.
 *
 * <p>Nothing here knows how a model is computed; that is {@code org.rondoml.core}. Every failure
 * that a user can cause is a {@link org.rondoml.api.RondoException}, whose {@linkplain
 * org.rondoml.api.RondoException#exitStatus() exit status} is the one the command line ends with.
 */
@NullMarked
package org.rondoml.api;

import org.jspecify.annotations.NullMarked;
