package org.rondoml.core.spi;

import java.util.Optional;
import org.rondoml.core.compute.Curve;
import org.rondoml.core.compute.Vec;

/**
 * An activation function, applied to a row: a vector along the last axis. Most are element-wise;
 * softmax is not.
 */
@Kind(value = "activation", none = "linear")
public interface Activation {
  /** y = f(x); the two may be the same vector. */
  void forward(Vec x, Vec y);

  /**
   * dx = dy · f'(x). dx and dy may be the same vector.
   *
   * @param x what went in; undefined where {@link #gradientNeedsInput()} is false
   * @param y what came out
   */
  void backward(Vec x, Vec y, Vec dy, Vec dx);

  /** Whether {@link #backward} reads x; false where y tells the gradient, so x need not be kept. */
  boolean gradientNeedsInput();

  /** Whether this changes nothing, so that layers may leave it out. */
  default boolean isIdentity() {
    return false;
  }

  /** Whether each element of y depends on the same element of x alone. */
  default boolean isElementWise() {
    return link() != Link.SOFTMAX;
  }

  /**
   * The formula, where the function is one that kernels know: they then multiply by its slope in
   * the same pass as other things, instead of calling {@link #backward}.
   */
  default Optional<Curve> curve() {
    return Optional.empty();
  }

  /** What a loss may know of the function: it can start from x instead of y. */
  enum Link {
    /** Rows of probabilities that sum to 1. */
    SOFTMAX,
    /** Separate probabilities. */
    SIGMOID,
    /** Anything else. */
    OTHER
  }

  /** What a loss may know of this function. */
  default Link link() {
    return Link.OTHER;
  }

  /** Brings an activation. */
  interface Provider<C extends Record> extends ComponentProvider<C, Activation> {
    @Override
    default Class<Activation> kind() {
      return Activation.class;
    }
  }
}
