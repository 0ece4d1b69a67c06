package org.rondoml.core.registry;

/**
 * A provider or plugin jar that could not be used. Everything else can.
 *
 * @param what the provider's class or the jar
 * @param reason why it could not be used
 */
public record Failure(String what, String reason) {
  /** {@code acme.Broken can't be used: ...}. */
  @Override
  public String toString() {
    return what + " can't be used: " + reason;
  }
}
