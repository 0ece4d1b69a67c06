package org.rondoml.standard.layers.pooling;

import org.rondoml.core.compute.Vec;

/**
 * What becomes of the pixels under a window, channel by channel, and back. Belongs to one pass at a
 * time.
 */
interface Pool {
  /** Takes a pixel into y, which is undefined before the first. */
  void take(Vec x, Vec y, boolean first);

  /** Ends a window that lay on a number of pixels. */
  void end(Vec y, int pixels);

  /** Begins the way back through a window that lay on a number of pixels. */
  void beginBackward(int pixels);

  /** Adds a pixel's share of dy to dx; pixels come in the order they were taken in. */
  void give(Vec x, Vec y, Vec dy, Vec dx);
}
