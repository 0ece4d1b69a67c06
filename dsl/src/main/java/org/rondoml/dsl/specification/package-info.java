/**
 * What a model file means: the records of its sections, and {@link org.rondoml.dsl.specification.SpecificationReader}, which makes a
 * checked {@link org.rondoml.dsl.specification.Specification} of files, or tells every mistake in them.
 */
@NullMarked
package org.rondoml.dsl.specification;

import org.jspecify.annotations.NullMarked;
