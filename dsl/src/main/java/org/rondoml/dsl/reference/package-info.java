/** What users are told of components: {@link org.rondoml.dsl.reference.ComponentReference}. */
@NullMarked
package org.rondoml.dsl.reference;

import org.jspecify.annotations.NullMarked;
