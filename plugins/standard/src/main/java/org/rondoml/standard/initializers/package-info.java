/**
 * Initializers: what draws the first values of parameters. One that draws at random extends {@link
 * org.rondoml.standard.initializers.RandomInitializer}; its numbers are a function of the stream it
 * is handed, or of its {@code seed} key alone.
 */
@NullMarked
package org.rondoml.standard.initializers;

import org.jspecify.annotations.NullMarked;
