/**
 * Draws models: {@link org.rondoml.dsl.picture.GraphLayout} places layers, {@link
 * org.rondoml.dsl.picture.GraphPicture} draws them.
 */
@NullMarked
package org.rondoml.dsl.picture;

import org.jspecify.annotations.NullMarked;
