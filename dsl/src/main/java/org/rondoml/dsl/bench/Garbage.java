package org.rondoml.dsl.bench;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What threads have allocated on the Java heap. */
final class Garbage {
  private Garbage() {}

  /**
   * Bytes of all threads that live, so far; null where the JVM doesn't count them. The JVM's own
   * total is known to JDK 21 and later alone.
   */
  static @Nullable Long allocated() {
    if (ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
        && threads.isThreadAllocatedMemorySupported()
        && threads.isThreadAllocatedMemoryEnabled()) {
      long[] bytes = threads.getThreadAllocatedBytes(threads.getAllThreadIds());
      return Arrays.stream(bytes).filter(b -> b > 0).sum();
    }
    return null;
  }
}
