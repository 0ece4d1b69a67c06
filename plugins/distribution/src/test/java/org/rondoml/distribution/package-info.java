/** What holds for Rondo as a whole: the distribution is the one module that sees all others. */
@NullMarked
package org.rondoml.distribution;

import org.jspecify.annotations.NullMarked;
