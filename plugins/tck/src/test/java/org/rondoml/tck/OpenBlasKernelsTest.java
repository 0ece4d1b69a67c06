package org.rondoml.tck;

import java.util.List;
import org.rondoml.api.Precision;
import org.rondoml.core.compute.KernelSelection;
import org.rondoml.core.compute.Kernels;

/** Core's own kernels; here because the contract is. */
class OpenBlasKernelsTest extends KernelsContract {
  private static final Kernels KERNELS =
      KernelSelection.load(OpenBlasKernelsTest.class.getClassLoader(), List.of("openblas"))
          .kernels(Precision.FLOAT64);

  @Override
  protected Kernels kernels() {
    return KERNELS;
  }
}
