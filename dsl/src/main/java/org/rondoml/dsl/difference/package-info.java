/**
 * What differs between models and between runs, in meaning: {@link
 * org.rondoml.dsl.difference.ModelDifferences} compares resolved documents, and {@link
 * org.rondoml.dsl.difference.Results} puts what runs have reached side by side.
 */
@NullMarked
package org.rondoml.dsl.difference;

import org.jspecify.annotations.NullMarked;
