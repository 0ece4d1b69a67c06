/** From YAML to a run: reads a model file, checks it whole, and wires what it describes. */
@NullMarked
package org.rondoml.dsl;

import org.jspecify.annotations.NullMarked;
