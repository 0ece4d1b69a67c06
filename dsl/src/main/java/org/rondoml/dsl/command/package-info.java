/**
 * The command line: {@link org.rondoml.dsl.command.RondoCommand} and a class for each command.
 * Results go to standard output, progress and mistakes to standard error.
 */
@NullMarked
package org.rondoml.dsl.command;

import org.jspecify.annotations.NullMarked;
