package org.rondoml.core.compute;

import org.jspecify.annotations.Nullable;

/** A kernel library can't be loaded on this machine; others are used instead. */
public final class KernelsUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The reason, and what would lift it. */
  public KernelsUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
