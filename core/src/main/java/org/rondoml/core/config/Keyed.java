package org.rondoml.core.config;

/**
 * A component with the keys that all of its kind have, which are written among its own.
 *
 * @param <T> the kind of component
 * @param <A> the record of the keys
 * @param component the component
 * @param arguments the keys
 */
public record Keyed<T, A extends Record>(T component, A arguments) {}
