/**
 * Callbacks. A callback is a description; what it remembers during one training is in the session
 * it starts, which can hand it over as numbers, so that a resumed training goes on as if it had
 * never stopped.
 */
@NullMarked
package org.rondoml.standard.callbacks;

import org.jspecify.annotations.NullMarked;
