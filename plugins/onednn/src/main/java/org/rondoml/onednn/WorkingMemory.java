package org.rondoml.onednn;

import org.bytedeco.javacpp.BytePointer;

/**
 * Memory that one thread uses for one call after another, as large as the call that needs most. All
 * its products share it: what a product leaves there nobody reads, and it stays in the cache.
 *
 * <p>Each thread has its own; it is freed with the thread or with the kernels.
 */
final class WorkingMemory {
  private final ThreadLocal<Block> blocks = ThreadLocal.withInitial(Block::new);

  /**
   * Where the calling thread's memory begins, at the start of a cache line. It stays there until
   * the thread asks for more.
   *
   * @param bytes how many there are at least
   */
  long address(long bytes) {
    return blocks.get().address(bytes);
  }

  private static final class Block {
    private static final int CACHE_LINE = 64;

    private BytePointer bytes = new BytePointer(CACHE_LINE);
    private long size;

    long address(long needed) {
      if (needed > size) {
        bytes.close();
        bytes = new BytePointer(needed + CACHE_LINE);
        size = needed;
      }
      return (bytes.address() + CACHE_LINE - 1) & -CACHE_LINE;
    }
  }
}
