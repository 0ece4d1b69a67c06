package org.rondoml.core.compute;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Brings the OpenBLAS that ND4J computes with: always there, and what every other library must
 * beat.
 */
public final class OpenBlasProvider implements KernelsProvider {
  @Override
  public String id() {
    return "openblas";
  }

  @Override
  public int priority() {
    return 0;
  }

  /**
   * Loads the library and sets it to one thread a call, for the whole JVM: Rondo's workers are the
   * parallelism, and theirs doesn't depend on a product's size.
   */
  @Override
  public Kernels load() {
    try {
      // Through ND4J, which would set its own number of threads if it were initialized later.
      Nd4j.factory().blas().setMaxThreads(1);
      Loader.load(openblas_nolapack.class);
      return new OpenBlasKernels();
    } catch (LinkageError | RuntimeException e) {
      throw new KernelsUnavailableException(
          "ND4J's OpenBLAS does not load here ("
              + e
              + "); add org.nd4j:nd4j-native and org.bytedeco:openblas with the classifier "
              + Loader.getPlatform()
              + " to the class path",
          e);
    }
  }
}
