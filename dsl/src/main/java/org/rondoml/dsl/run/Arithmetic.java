package org.rondoml.dsl.run;

import org.rondoml.core.compute.KernelSelection;

/**
 * What a model is computed with on this machine.
 *
 * @param products the library of its matrix products
 * @param elementwise how everything else is computed
 * @param threads on how many threads
 */
public record Arithmetic(KernelSelection.Choice products, String elementwise, int threads) {
  /**
   * The line for logs: {@code computing with onednn 3.11 (avx512_core) and the Vector API (512
   * bits), 2 threads}. What is slower than it could be says what would lift that.
   */
  @Override
  public String toString() {
    return ("computing with "
            + products
            + " and "
            + elementwise
            + ", "
            + threads
            + (threads == 1 ? " thread" : " threads"))
        .replaceAll("\\R", " ");
  }
}
