package org.rondoml.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

/** Memory that one thread uses again and again. */
class WorkingMemoryTest {
  private final WorkingMemory memory = new WorkingMemory();

  @Test
  void callsThatNeedNoMoreShareIt() {
    long address = memory.address(1000);
    assertEquals(address, memory.address(10));
    assertEquals(address, memory.address(1000));
    assertEquals(0, address % 64, "the start of a cache line");
  }

  @Test
  void whatIsTooSmallIsFreedForMore() {
    memory.address(1 << 20);
    long before = Pointer.totalBytes();
    memory.address(3 << 20);
    assertEquals(2 << 20, Pointer.totalBytes() - before);
  }

  @Test
  void threadsDoNotShareIt() throws InterruptedException, ExecutionException {
    long here = memory.address(100);
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      assertNotEquals(
          here, CompletableFuture.supplyAsync(() -> memory.address(100), other).get().longValue());
    } finally {
      other.shutdown();
    }
  }
}
