package org.rondoml.onednn;

import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/** A matrix of a product that lies elsewhere at every run. */
final class Operand {
  private final memory memory;
  private final dnnl_memory handle;
  private final Address address = new Address();

  Operand(memory.desc desc, Cpu cpu) {
    memory = new memory(desc, cpu.engine(), (Pointer) null);
    handle = memory.get();
  }

  memory memory() {
    return memory;
  }

  /** Has the next run find the matrix here. */
  void moveTo(long start) {
    if (start != address.address()) {
      address.set(start);
      Execution.check(dnnl.dnnl_memory_set_data_handle(handle, address));
    }
  }
}
