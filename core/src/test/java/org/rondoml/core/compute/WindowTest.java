package org.rondoml.core.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.rondoml.core.compute.Window.Padding;

class WindowTest {
  /** The elements under each position, * for what is beside the axis. */
  private static String seen(Window window) {
    StringBuilder text = new StringBuilder();
    for (int p = 0; p < window.positions(); p++) {
      text.append(p == 0 ? "" : " ");
      for (int t = 0; t < window.taps(); t++) {
        boolean inside = t >= window.firstTap(p) && t < window.endTap(p);
        text.append(inside ? Integer.toString(window.at(p, t)) : "*");
      }
    }
    return text.toString();
  }

  private static String seen(int size, int taps, int stride, int dilation, Padding padding) {
    return seen(Window.of(size, taps, stride, dilation, padding));
  }

  @Test
  void validWindowsLieOnTheAxis() {
    assertEquals("012 123 234", seen(5, 3, 1, 1, Padding.VALID));
    assertEquals("01 23", seen(5, 2, 2, 1, Padding.VALID));
    assertEquals("024 135", seen(6, 3, 1, 2, Padding.VALID));
    assertEquals("0 3", seen(5, 1, 3, 1, Padding.VALID));
  }

  /** tf.nn.convolution with SAME: the padding's larger half is behind the axis. */
  @Test
  void sameWindowsStandOutMoreAtTheEnd() {
    assertEquals("*01 012 123 23*", seen(4, 3, 1, 1, Padding.SAME));
    assertEquals("01 12 23 3*", seen(4, 2, 1, 1, Padding.SAME));
    assertEquals("012 234 45*", seen(6, 3, 2, 1, Padding.SAME));
    assertEquals("*01 123 34*", seen(5, 3, 2, 1, Padding.SAME));
    assertEquals("*02 *13 02* 13*", seen(4, 3, 1, 2, Padding.SAME));
    assertEquals("01 4*", seen(5, 2, 4, 1, Padding.SAME));
    assertEquals("**", seen(1, 2, 1, 2, Padding.SAME));
    assertEquals("*0*", seen(1, 3, 1, 3, Padding.SAME));
  }

  @Test
  void causalWindowsEndAtTheirOwnTime() {
    assertEquals("**0 *01 012 123", seen(4, 3, 1, 1, Padding.CAUSAL));
    assertEquals("*0 *1 02 13", seen(4, 2, 1, 2, Padding.CAUSAL));
    assertEquals("*0 12 34", seen(5, 2, 2, 1, Padding.CAUSAL));
  }

  @Test
  void aWindowThatDoesNotFitHasNoPosition() {
    assertEquals(0, Window.positions(2, 3, 1, 1, Padding.VALID));
    assertEquals(0, Window.positions(2, 3, 4, 1, Padding.VALID));
    assertEquals(-1, Window.positions(2, 4, 1, 1, Padding.VALID));
    assertEquals(
        "a window of 3 taps, 1 apart, on 2 elements, 0 positions 1 apart: expected 1 or more of"
            + " each",
        assertThrows(IllegalArgumentException.class, () -> Window.of(2, 3, 1, 1, Padding.VALID))
            .getMessage());
  }
}
