/**
 * What layers share; the layers themselves are in the packages below, which Keras' documentation
 * has as well. Each is a file of its own: the update rule in the Javadoc, the code in its order,
 * the keys as a record, the provider. All take arrays whose axes lie in any order in memory as long
 * as the last is contiguous, and put out arrays in the same order where they can, so that a
 * sequence that comes time-major stays so.
 */
@NullMarked
package org.rondoml.standard.layers;

import org.jspecify.annotations.NullMarked;
