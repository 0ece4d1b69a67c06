/**
 * The arithmetic below the layers: {@link org.rondoml.core.compute.Kernels} for matrix products,
 * brought by plugins; {@link org.rondoml.core.compute.Vec} for element-wise work; {@link
 * org.rondoml.core.compute.Memory}, which both share with ND4J's arrays without copies.
 *
 * <p>A new kernel library implements {@link org.rondoml.core.compute.KernelsProvider} and names it
 * in {@code META-INF/services}. A product is planned once for its {@linkplain
 * org.rondoml.core.compute.Gemm shape} and run many times; weights are {@linkplain
 * org.rondoml.core.compute.PackedOperand packed} once a step.
 */
@NullMarked
package org.rondoml.core.compute;

import org.jspecify.annotations.NullMarked;
