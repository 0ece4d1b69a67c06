/**
 * Texts: the source {@code text}.
 *
 * <p>The way of a file: {@link org.rondoml.datasets.TextFile} gives its characters, a {@link
 * org.rondoml.datasets.text.Standardization} leaves out what is not wanted, a {@link
 * org.rondoml.datasets.text.Split} cuts tokens, a {@link org.rondoml.datasets.text.Vocabulary}
 * gives them numbers, and {@link org.rondoml.datasets.text.Windows} cuts the numbers into samples.
 */
@NullMarked
package org.rondoml.datasets.text;

import org.jspecify.annotations.NullMarked;
