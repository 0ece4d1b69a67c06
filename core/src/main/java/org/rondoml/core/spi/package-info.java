/** What implementers use. */
@NullMarked
package org.rondoml.core.spi;

import org.jspecify.annotations.NullMarked;
