package org.rondoml.lstm;

import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ShapeMismatchException;

/**
 * Which pixels of the output count at which steps of a loop: those of a step all alike, or each for
 * itself.
 *
 * @param mask of shape (time), or of a value for each pixel at each time
 * @param steps the number of steps
 * @param pixels the number of pixels of the output
 * @param backwards whether the loop begins with the last time
 */
record PixelMask(Mask mask, int steps, int pixels, boolean backwards) {
  /**
   * Checks the number of values.
   *
   * @throws ShapeMismatchException where there is not one for each step or pixel
   */
  PixelMask {
    if (mask.positions() != steps && mask.positions() != (long) steps * pixels) {
      throw new ShapeMismatchException(
          "found a mask of shape "
              + mask.shape()
              + ", expected one value for each of "
              + steps
              + " steps, or for each pixel of the output at each step");
    }
  }

  boolean isValid(int step, int sample, int pixel) {
    int time = backwards ? steps - 1 - step : step;
    return mask.isValid(sample, mask.positions() == steps ? time : time * pixels + pixel);
  }
}
