/**
 * What is installed: {@link org.rondoml.core.registry.Registry} finds the providers of the class path and of plugin jars, and finds each
 * by its names.
 */
@NullMarked
package org.rondoml.core.registry;

import org.jspecify.annotations.NullMarked;
