/**
 * Optimizers. Each is pure: the engine hands it a stretch of weights, gradients and slots, and the
 * number of steps done. The rule in the Javadoc is the code in the same letters.
 */
@NullMarked
package org.rondoml.standard.optimizers;

import org.jspecify.annotations.NullMarked;
