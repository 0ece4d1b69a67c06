package org.rondoml.onednn;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * OpenMP, with which oneDNN would spread a product over all cores while Rondo's workers occupy them
 * already. Its number of threads belongs to the thread that asks, so it is set where the product
 * runs and troubles nobody else.
 */
final class OpenMp {
  /** ND4J's door to {@code omp_set_num_threads}; JavaCPP has both share one OpenMP library. */
  private static final NativeOps NATIVE = initialized();

  private OpenMp() {}

  private static NativeOps initialized() {
    // Without ND4J's own start, which this asks for, the holder fails, and for good.
    Nd4j.factory();
    return NativeOpsHolder.getInstance().getDeviceNativeOps();
  }

  /** From here on, parallel regions entered by the calling thread are run by it alone. */
  static void useCallingThreadOnly() {
    NATIVE.setOmpNumThreads(1);
  }
}
