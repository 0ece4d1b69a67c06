package org.rondoml.core.random;

/** A random order of the samples, by the Fisher-Yates shuffle. */
public final class Permutation {
  private Permutation() {}

  /** A permutation of 0 to n-1 that depends on the stream alone; every order is equally likely. */
  public static int[] of(int n, RandomStream random) {
    int[] order = identity(n);
    for (int i = n - 1; i > 0; i--) {
      int j = (int) random.nextBelow(i + 1L);
      int held = order[i];
      order[i] = order[j];
      order[j] = held;
    }
    return order;
  }

  /** The order as it is: 0 to n-1. */
  public static int[] identity(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    return order;
  }
}
