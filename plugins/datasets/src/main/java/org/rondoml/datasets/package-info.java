/**
 * Data sources and the transforms applied to what they read.
 *
 * <p>A source reads arrays as they are in its files, bytes as bytes; a transform brings them into
 * the model's precision. The data of {@code mnist} lies in this jar, under a licence of its own:
 * see {@code mnist/LICENSE.txt} beside it.
 */
@NullMarked
package org.rondoml.datasets;

import org.jspecify.annotations.NullMarked;
