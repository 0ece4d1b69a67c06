/** Data sources and the transforms applied to what they read. */
@NullMarked
package org.rondoml.datasets;

import org.jspecify.annotations.NullMarked;
