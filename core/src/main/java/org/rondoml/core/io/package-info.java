/**
 * Files: NumPy's arrays ({@link org.rondoml.core.io.NpyFormat}, {@link
 * org.rondoml.core.io.NpzFormat}), and writing that never harms what was there before ({@link
 * org.rondoml.core.io.AtomicFile}).
 *
 * <p>Readers trust nothing: sizes are checked against the file's before memory is asked for, and
 * whatever is wrong is one {@link org.rondoml.api.DataException} of one line that names the file,
 * what was found and what was expected.
 */
@NullMarked
package org.rondoml.core.io;

import org.jspecify.annotations.NullMarked;
