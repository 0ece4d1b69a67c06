/** The test kit for those who write layers: gradients against finite differences. */
@NullMarked
package org.rondoml.tck;

import org.jspecify.annotations.NullMarked;
