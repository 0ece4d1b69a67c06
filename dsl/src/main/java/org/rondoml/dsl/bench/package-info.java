/**
 * Measures how fast a model trains and predicts on this machine, where the time goes, and how near
 * that is to what the machine can do: {@link org.rondoml.dsl.bench.Bench}, over the bindings that
 * training has, with {@link org.rondoml.dsl.bench.BenchModule} laid over them.
 */
@NullMarked
package org.rondoml.dsl.bench;

import org.jspecify.annotations.NullMarked;
