package org.rondoml.core.config;

import org.rondoml.core.spi.Kind;

/**
 * A component with the keys that all of its kind have, which are written among its own; see {@link
 * Kind#arguments}.
 *
 * @param <T> the kind of component
 * @param <A> the record of the keys that all of the kind have
 * @param component the component
 * @param arguments the keys that all of the kind have
 */
public record WithArguments<T, A extends Record>(T component, A arguments) {}
