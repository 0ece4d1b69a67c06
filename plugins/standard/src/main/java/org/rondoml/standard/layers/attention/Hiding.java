package org.rondoml.standard.layers.attention;

/**
 * What becomes of the scores of steps that a query may not see. The ways differ where a query may
 * see nothing at all.
 *
 * @param replaces whether the score is replaced by a number, or that number added to it
 * @param number the number
 * @param zeroes whether the weight is made 0 afterwards
 */
record Hiding(boolean replaces, double number, boolean zeroes) {
  private static final double VERY_LOW = -1e9;

  /** 10⁹ is subtracted. */
  static final Hiding LOWERED = new Hiding(false, VERY_LOW, false);

  /** The score becomes -10⁹. */
  static final Hiding REPLACED = new Hiding(true, VERY_LOW, false);

  /** The score becomes -10⁹, and the weight 0. */
  static final Hiding ZEROED = new Hiding(true, VERY_LOW, true);

  /** The score becomes about the lowest number of bfloat16: {@code ops.dot_product_attention}. */
  static final Hiding LOWEST = new Hiding(true, -0.7 * 3.38953e38, false);
}
