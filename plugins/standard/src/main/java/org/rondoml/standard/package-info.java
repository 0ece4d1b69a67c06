/**
 * The standard components: layers, activations, initializers, optimizers, losses, metrics,
 * callbacks.
 */
@NullMarked
package org.rondoml.standard;

import org.jspecify.annotations.NullMarked;
