/**
 * The arithmetic below the layers: {@link org.rondoml.core.compute.Kernels} for matrix products,
 * brought by plugins; {@link org.rondoml.core.compute.Vec} for element-wise work; {@link
 * org.rondoml.core.compute.Memory}, which both share with ND4J's arrays without copies.
 *
 * <p>{@code src/main/java25} has this package's multi-release part, which the jar brings when a JDK
 * 25 or later builds it: vectors in native memory, computed by the Vector API. Without it, or
 * without the module {@code jdk.incubator.vector}, plain loops give the same results but for
 * rounding; {@link org.rondoml.core.compute.Vec#implementation} tells which, and the cure. A vector
 * operation must stay in one method with nothing but calls of the Vector API inside its loop: those
 * the JIT compiler inlines whatever it inlines them into, while a method of ours in between may
 * stay a call, and then every register becomes an object.
 *
 * <p>A new kernel library implements {@link org.rondoml.core.compute.KernelsProvider} and names it
 * in {@code META-INF/services}. A product is planned once for its {@linkplain
 * org.rondoml.core.compute.Gemm shape} and run many times; weights are {@linkplain
 * org.rondoml.core.compute.PackedOperand packed} once a step.
 */
@NullMarked
package org.rondoml.core.compute;

import org.jspecify.annotations.NullMarked;
