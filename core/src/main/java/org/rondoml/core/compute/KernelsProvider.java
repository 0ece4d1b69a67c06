package org.rondoml.core.compute;

/** Brings a {@link Kernels} library; found by {@link java.util.ServiceLoader}. */
public interface KernelsProvider {
  /** The library's name: {@code onednn}. */
  String id();

  /** The larger is tried first. ND4J's OpenBLAS, which is always there, has 0. */
  int priority();

  /**
   * Loads the library.
   *
   * @throws KernelsUnavailableException where this machine can't load it, with the reason and what
   *     would lift it
   */
  Kernels load();
}
