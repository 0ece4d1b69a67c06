package org.rondoml.core.compute;

import org.rondoml.api.Precision;

/**
 * What windows that slide over an image see, as rows of a matrix, and back: "im2col" and "col2im",
 * which make matrix products of convolutions (Chellapilla, Puri and Simard, "High performance
 * convolutional neural networks for document processing", 2006).
 *
 * <p>An image is (height, width, channels), row-major; a sequence is an image of height 1. Row (y,
 * x) of the matrix holds the elements under the window at that position, in the order (tap of y,
 * tap of x, channel), zeros where a tap lies beside the image.
 */
public final class Patches {
  /** The elements from which moving them at once is quicker than one by one. */
  private static final int AT_ONCE = 24;

  private final Window rows;
  private final Window columns;
  private final int channels;
  private final int pixel;
  private final Vec sum;
  private final Vec more;

  /** The patches of images with a number of channels. */
  public Patches(Precision precision, Window rows, Window columns, int channels) {
    this(precision, rows, columns, channels, channels);
  }

  /**
   * The patches of some channels of images.
   *
   * @param channels the number of neighbouring channels
   * @param pixel the elements from a pixel to the next, at least as many as the channels
   */
  public Patches(Precision precision, Window rows, Window columns, int channels, int pixel) {
    if (channels < 1 || pixel < channels) {
      throw new IllegalArgumentException(channels + " channels of " + pixel);
    }
    this.rows = rows;
    this.columns = columns;
    this.channels = channels;
    this.pixel = pixel;
    sum = Vec.window(precision, channels);
    more = Vec.window(precision, channels);
  }

  /** The rows that an image has. */
  public int count() {
    return Math.multiplyExact(rows.positions(), columns.positions());
  }

  /** The length of a row. */
  public int length() {
    return Math.multiplyExact(Math.multiplyExact(rows.taps(), columns.taps()), channels);
  }

  /** The elements from an image to the next. */
  public int imageLength() {
    return Math.multiplyExact(Math.multiplyExact(rows.size(), columns.size()), pixel);
  }

  /** Whether the matrix is the image itself. */
  public boolean areImage() {
    return rows.isIdentity() && columns.isIdentity() && pixel == channels;
  }

  /**
   * Copies an image's elements to the matrix. What a tap beside the image would read is left as it
   * is, always the same elements: whoever owns the matrix clears it once.
   *
   * @param imageOffset where the first channel of the first pixel lies
   * @param offset where the image's first row lies
   */
  public void gather(Memory image, long imageOffset, Memory patches, long offset) {
    long row = offset;
    for (int y = 0; y < rows.positions(); y++) {
      for (int x = 0; x < columns.positions(); x++) {
        for (int tapY = rows.firstTap(y); tapY < rows.endTap(y); tapY++) {
          long line = imageOffset + (long) rows.at(y, tapY) * columns.size() * pixel;
          gatherLine(image, line, x, patches, row + (long) tapY * columns.taps() * channels);
        }
        row += length();
      }
    }
  }

  /** Copies the elements under one line of a window. */
  private void gatherLine(Memory image, long line, int x, Memory patches, long offset) {
    int first = columns.firstTap(x);
    int end = columns.endTap(x);
    if (first >= end) {
      return;
    }
    long from = line + (long) columns.at(x, first) * pixel;
    long to = offset + (long) first * channels;
    if (columns.dilation() == 1 && pixel == channels) {
      copy(image, from, patches, to, (end - first) * channels);
      return;
    }
    for (int tap = first; tap < end; tap++) {
      copy(image, from, patches, to, channels);
      from += (long) columns.dilation() * pixel;
      to += channels;
    }
  }

  private static void copy(Memory from, long fromOffset, Memory to, long offset, int count) {
    if (count >= AT_ONCE) {
      to.copyFrom(from, fromOffset, offset, count);
    } else {
      to.copyFew(from, fromOffset, offset, count);
    }
  }

  /**
   * Adds the elements of the matrix to those of the image that they were copied from: the gradient
   * of {@link #gather}. Elements that overlap are added in the order of the rows.
   */
  public void scatter(Memory patches, long offset, Memory image, long imageOffset) {
    long row = offset;
    for (int y = 0; y < rows.positions(); y++) {
      for (int x = 0; x < columns.positions(); x++) {
        for (int tapY = rows.firstTap(y); tapY < rows.endTap(y); tapY++) {
          long line = imageOffset + (long) rows.at(y, tapY) * columns.size() * pixel;
          scatterLine(patches, row + (long) tapY * columns.taps() * channels, image, line, x);
        }
        row += length();
      }
    }
  }

  private void scatterLine(Memory patches, long offset, Memory image, long line, int x) {
    int end = columns.endTap(x);
    for (int tap = columns.firstTap(x); tap < end; tap++) {
      long to = line + (long) columns.at(x, tap) * pixel;
      long from = offset + (long) tap * channels;
      if (channels >= AT_ONCE) {
        sum.updates(image, to).add(sum, more.reads(patches, from)).done();
      } else {
        image.addFew(patches, from, to, channels);
      }
    }
  }
}
