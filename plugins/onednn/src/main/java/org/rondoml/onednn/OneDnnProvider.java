package org.rondoml.onednn;

import org.bytedeco.javacpp.Loader;
import org.rondoml.core.compute.Kernels;
import org.rondoml.core.compute.KernelsProvider;
import org.rondoml.core.compute.KernelsUnavailableException;

/** Brings oneDNN, whose packed products are several times as fast as OpenBLAS' at few rows. */
public final class OneDnnProvider implements KernelsProvider {
  @Override
  public String id() {
    return "onednn";
  }

  @Override
  public int priority() {
    return 10;
  }

  @Override
  public Kernels load() {
    try {
      return OneDnnKernels.load();
    } catch (KernelsUnavailableException e) {
      throw e; // it has its own reason and cure
    } catch (LinkageError | RuntimeException e) {
      throw new KernelsUnavailableException(
          "oneDNN does not load here ("
              + e
              + "); add org.bytedeco:dnnl with the classifier "
              + Loader.getPlatform()
              + " to the class path",
          e);
    }
  }
}
