package org.rondoml.standard.losses;

import org.rondoml.core.compute.Vec;

/** Targets drawn towards where nothing is known, by label_smoothing. */
final class Smoothing {
  private final double share;

  /**
   * Smoothing.
   *
   * @param share how far targets are drawn, from 0 to 1
   */
  Smoothing(double share) {
    this.share = share;
  }

  /** A yes-or-no target, drawn towards 1/2. */
  double binary(double t) {
    return t * (1 - share) + share / 2;
  }

  /** A target of a one-hot row, drawn towards the uniform distribution. */
  double categorical(Vec target, int k) {
    return target.get(k) * (1 - share) + share / target.length();
  }
}
