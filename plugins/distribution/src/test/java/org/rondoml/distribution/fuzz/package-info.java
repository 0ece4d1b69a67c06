/** Feeds the reader of model files what nobody would write. */
@NullMarked
package org.rondoml.distribution.fuzz;

import org.jspecify.annotations.NullMarked;
