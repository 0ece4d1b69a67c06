/** Activation functions as layers of their own. */
@NullMarked
package org.rondoml.standard.layers.activation;

import org.jspecify.annotations.NullMarked;
