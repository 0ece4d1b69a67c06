package org.rondoml.dsl.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The most memory that this process has used.
 *
 * @param bytes how much
 * @param of of what: the system knows the whole process, the JVM at least its heap
 */
record PeakMemory(long bytes, String of) {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String HIGH_WATER_MARK = "VmHWM:";

  static PeakMemory now() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(HIGH_WATER_MARK))
          .map(line -> line.replaceAll("\\D", ""))
          .findFirst()
          .map(kibibytes -> new PeakMemory(Long.parseLong(kibibytes) * 1024, "process"))
          .orElseGet(PeakMemory::ofHeap);
    } catch (IOException e) {
      return ofHeap(); // no Linux
    }
  }

  private static PeakMemory ofHeap() {
    return new PeakMemory(heap(), "Java heap");
  }

  /** The sum of what each part of the heap has used at most. */
  static long heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage == null ? 0 : usage.getUsed())
        .sum();
  }
}
