/**
 * From a document to records: {@link org.rondoml.core.config.Node} is what was written, with its places; {@link
 * org.rondoml.core.config.ConfigSchema} is what may be written, read off a config record; {@link
 * org.rondoml.core.config.Binder} brings the two together and collects every {@linkplain
 * org.rondoml.core.config.Problems mistake}.
 *
 * <p>Nothing here knows YAML, nor any component by name.
 */
@NullMarked
package org.rondoml.core.config;

import org.jspecify.annotations.NullMarked;
