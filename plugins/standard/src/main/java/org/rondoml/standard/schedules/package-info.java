/**
 * Learning rates as functions of the number of steps done. A bare number in a model file is {@code
 * Constant}.
 */
@NullMarked
package org.rondoml.standard.schedules;

import org.jspecify.annotations.NullMarked;
