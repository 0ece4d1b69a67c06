package org.rondoml.core.spi;

import org.jspecify.annotations.Nullable;

/**
 * A layer doesn't do what it has announced: a mistake of whoever wrote it, not of whoever uses it.
 * The engine adds which layer of the model, and which class of which jar.
 */
public final class LayerDefectException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Class<? extends Layer> layer;

  /**
   * A defect.
   *
   * @param layer the layer's class
   * @param message the tensor, what was found, what was expected, and the cure
   * @param cause what the layer's own code threw; null for nothing
   */
  public LayerDefectException(
      Class<? extends Layer> layer, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.layer = layer;
  }

  /** The layer's class. */
  public Class<? extends Layer> layer() {
    return layer;
  }
}
