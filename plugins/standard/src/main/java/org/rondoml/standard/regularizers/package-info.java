/** Regularizers: penalties on the values of parameters, and of what layers put out. */
@NullMarked
package org.rondoml.standard.regularizers;

import org.jspecify.annotations.NullMarked;
