/** Layers at the core of most models: inputs, densely connected layers, embeddings, masks. */
@NullMarked
package org.rondoml.standard.layers.core;

import org.jspecify.annotations.NullMarked;
