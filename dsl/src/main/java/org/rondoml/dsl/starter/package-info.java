/**
 * Model files to start from: templates, and files made for a table of data. Of the latter {@link
 * org.rondoml.dsl.starter.TablePlan} decides what they say, and a class for each section writes it.
 */
@NullMarked
package org.rondoml.dsl.starter;

import org.jspecify.annotations.NullMarked;
