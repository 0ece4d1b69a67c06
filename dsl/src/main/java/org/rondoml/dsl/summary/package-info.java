/** What is known of a model before data or native code: layers, shapes, parameters, cost. */
@NullMarked
package org.rondoml.dsl.summary;

import org.jspecify.annotations.NullMarked;
