/** Constraints: conditions that parameters are brought back to after every update. */
@NullMarked
package org.rondoml.standard.constraints;

import org.jspecify.annotations.NullMarked;
