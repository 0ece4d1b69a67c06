package org.rondoml.onednn;

import java.lang.ref.Reference;
import java.util.List;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.stream;

/**
 * One thread's readiness to run a primitive: arguments and stream, made once, so that a run is a
 * single call. The argument list is built in native memory beforehand; the map of the C++ interface
 * would be copied at every run.
 */
final class Execution {
  private final dnnl_primitive primitiveHandle;
  private final stream stream;
  private final dnnl_stream streamHandle;
  private final dnnl_exec_arg_t arguments;
  private final int count;
  private final WorkingMemory scratchpads;
  private final Operand scratchpad;
  private final long scratchpadBytes;

  /** What the native handles refer to; it would be freed if nothing in Java referred to it. */
  private final List<Object> owners;

  /** A memory in its role: {@code DNNL_ARG_SRC}, for example. */
  record Argument(int role, memory memory) {}

  /**
   * A primitive with its operands.
   *
   * @param scratchpad the working memory that it needs
   */
  Execution(Cpu cpu, primitive primitive, memory.desc scratchpad, Argument... operands) {
    this.primitiveHandle = primitive.get();
    this.stream = new stream(cpu.engine());
    this.streamHandle = stream.get();
    this.scratchpads = cpu.scratchpads();
    this.scratchpad = new Operand(scratchpad, cpu);
    this.scratchpadBytes = scratchpad.get_size();
    this.owners = List.of(primitive, List.of(operands));
    this.count = operands.length + 1;
    this.arguments = new dnnl_exec_arg_t(count);
    for (int i = 0; i < operands.length; i++) {
      arguments.position(i).arg(operands[i].role()).memory(operands[i].memory().get());
    }
    arguments
        .position(operands.length)
        .arg(dnnl.DNNL_ARG_SCRATCHPAD)
        .memory(this.scratchpad.memory().get());
    arguments.position(0);
  }

  /** Runs the primitive. It is done when this returns: a CPU stream works in the caller. */
  void run() {
    OpenMp.useCallingThreadOnly();
    scratchpad.moveTo(scratchpads.address(scratchpadBytes));
    try {
      check(dnnl.dnnl_primitive_execute(primitiveHandle, streamHandle, count, arguments));
    } finally {
      Reference.reachabilityFence(owners);
    }
  }

  static void check(int status) {
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("oneDNN failed with status " + status);
    }
  }
}
