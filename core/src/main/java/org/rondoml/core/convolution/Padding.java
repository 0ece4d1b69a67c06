package org.rondoml.core.convolution;

import org.rondoml.core.compute.Window;

/** What the key {@code padding} says of windows on images. */
public enum Padding {
  /** No padding: every window lies on the image. */
  VALID(Window.Padding.VALID),
  /** With stride 1 as many windows as pixels: those at the edges stand out. */
  SAME(Window.Padding.SAME);

  private final Window.Padding ofWindow;

  Padding(Window.Padding ofWindow) {
    this.ofWindow = ofWindow;
  }

  /** The rule for one axis. */
  public Window.Padding ofWindow() {
    return ofWindow;
  }
}
