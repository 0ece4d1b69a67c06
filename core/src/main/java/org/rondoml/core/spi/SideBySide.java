package org.rondoml.core.spi;

import org.rondoml.api.Shape;

/**
 * How targets and outputs of nearly the same shape are laid side by side before they are compared
 * element by element: an axis of size 1 at the end of one that the other lacks is left out, except
 * that a single number a sample gets it.
 *
 * <p>Source: {@code squeeze_or_expand_to_same_rank} in {@code keras/src/losses/loss.py}, {@code
 * squeeze_or_expand_dimensions} in {@code tf_keras/src/utils/losses_utils.py}.
 *
 * @param shape the common shape; that of the output where the two are not alike at all
 * @param squeezed whether the output has lost its last axis, and what is known of it with it, such
 *     as the logits that its activation came from
 */
public record SideBySide(Shape shape, boolean squeezed) {
  /** Lays targets beside outputs. */
  public static SideBySide of(Shape target, Shape output) {
    boolean squeezed =
        output.rank() > 1 && target.rank() == output.rank() - 1 && output.dimension(-1) == 1;
    return new SideBySide(squeezed ? output.withoutLast() : output, squeezed);
  }
}
