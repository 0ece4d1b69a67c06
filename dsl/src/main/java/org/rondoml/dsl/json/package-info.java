/** Machine-readable output. */
@NullMarked
package org.rondoml.dsl.json;

import org.jspecify.annotations.NullMarked;
