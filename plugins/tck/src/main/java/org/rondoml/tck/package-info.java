/**
 * A test kit for those who write layers. The whole test of a layer is a class that says how to make
 * it:
 *
 * <pre>{@code
 * class SwishTest extends LayerContract {
 *   @Override
 *   protected Layer layer() {
 *     return new Swish(new Swish.Config(1.5));
 *   }
 *
 *   @Override
 *   protected List<Shape> inputs() {
 *     return List.of(Shape.of(5, 3));
 *   }
 * }
 * }</pre>
 *
 * <p>{@link org.rondoml.tck.LayerContract} then checks gradients, shapes, determinism and
 * inference; {@link org.rondoml.tck.MaskedLayerContract} does so under all kinds of masks as well,
 * for a layer that uses them; {@link org.rondoml.tck.GradientCheck} serves on its own for other
 * sizes or inputs.
 */
@NullMarked
package org.rondoml.tck;

import org.jspecify.annotations.NullMarked;
