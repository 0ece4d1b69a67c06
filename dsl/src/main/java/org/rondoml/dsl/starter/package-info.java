/** Model files to start from: templates, and files made for a table of data. */
@NullMarked
package org.rondoml.dsl.starter;

import org.jspecify.annotations.NullMarked;
