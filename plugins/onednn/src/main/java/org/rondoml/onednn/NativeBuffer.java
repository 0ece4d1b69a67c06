package org.rondoml.onednn;

import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;

/**
 * Memory of our own for oneDNN, at the start of a cache line. JavaCPP counts it, so it is part of
 * what its limits and reports say.
 *
 * @param bytes the owner, to be kept reachable as long as {@code memory} is used
 * @param memory oneDNN's view
 */
record NativeBuffer(BytePointer bytes, memory memory) {
  private static final int CACHE_LINE = 64;

  static NativeBuffer of(memory.desc desc, Cpu cpu) {
    BytePointer bytes = new BytePointer(desc.get_size() + CACHE_LINE);
    Address start = new Address();
    start.set((bytes.address() + CACHE_LINE - 1) & -CACHE_LINE);
    return new NativeBuffer(bytes, new memory(desc, cpu.engine(), start));
  }
}
