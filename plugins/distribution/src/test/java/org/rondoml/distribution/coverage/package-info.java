/** Every component is held against Keras, and every layer against finite differences. */
@NullMarked
package org.rondoml.distribution.coverage;

import org.jspecify.annotations.NullMarked;
