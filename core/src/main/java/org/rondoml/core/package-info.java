/** Rondo's engine and the SPI it runs; each of its packages is one duty. */
@NullMarked
package org.rondoml.core;

import org.jspecify.annotations.NullMarked;
