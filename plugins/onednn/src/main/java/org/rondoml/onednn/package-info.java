/** Matrix products by oneDNN, on weights packed for it. */
@NullMarked
package org.rondoml.onednn;

import org.jspecify.annotations.NullMarked;
