package org.rondoml.core.config;

import org.jspecify.annotations.Nullable;

/**
 * A component in a list whose items say more than their component does: keys that all of its kind have ({@code name} of a layer, written
 * among the component's own), and keys that stand beside it ({@code from}).
 *
 * @param <T> the kind of component
 * @param <A> the record of the keys among the component's own
 * @param <B> the record of the keys beside it
 * @param id the component's id; empty where it is not known
 * @param component the component; null where its problem has been reported
 * @param arguments the keys among its own; null where their problem has been reported
 * @param beside the keys beside it; null where their problem has been reported
 * @param place where it stands
 */
public record Item<T, A extends Record, B extends Record>(
    String id,
    @Nullable T component,
    @Nullable A arguments,
    @Nullable B beside,
    Place place) {}
