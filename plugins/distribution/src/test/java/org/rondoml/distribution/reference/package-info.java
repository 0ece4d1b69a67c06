/**
 * The reference of all components, made from the Javadoc of their classes and from their config
 * records: a text a component, which {@code rondo plugins ID} prints, and {@code
 * plugins/REFERENCE.md}. {@link org.rondoml.distribution.reference.ReferenceTest} keeps them true.
 */
@NullMarked
package org.rondoml.distribution.reference;

import org.jspecify.annotations.NullMarked;
