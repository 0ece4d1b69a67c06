package org.rondoml.core.compute;

import org.jspecify.annotations.Nullable;
import org.rondoml.api.Precision;

/** Makes the vectors of one implementation. */
interface VecFactory {
  /** The name for reports. */
  String name();

  /** See {@link Vec#zeros}. */
  Vec zeros(Precision precision, int length);

  /** See {@link Vec#window}. */
  Vec window(Precision precision, int length);

  /** See {@link Vec#rowOperand}. */
  default @Nullable PackedOperand rowOperand(Gemm gemm, Memory b, long bOffset) {
    return null;
  }

  /** The fastest that this JVM has. */
  static VecFactory fastest() {
    if (Runtime.version().feature() < 25) {
      return new ArrayVecs("JDK 25 or later computes faster");
    }
    if (!hasVectorApi()) {
      return new ArrayVecs("--add-modules jdk.incubator.vector computes faster");
    }
    try {
      // In the jar's part for JDK 25 and later.
      return Class.forName("org.rondoml.core.compute.LaneVecs")
          .asSubclass(VecFactory.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ClassNotFoundException e) {
      return new ArrayVecs("Rondo built by JDK 25 or later computes faster");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asked by a class and not by the boot layer, which a module that was loaded later is not in. */
  private static boolean hasVectorApi() {
    try {
      Class.forName("jdk.incubator.vector.FloatVector", false, VecFactory.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
