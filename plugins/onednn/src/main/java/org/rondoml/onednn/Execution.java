package org.rondoml.onednn;

import java.lang.ref.Reference;
import java.util.List;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.stream;

/**
 * One thread's readiness to run a primitive: arguments, working memory and stream, made once, so
 * that a run is a single call. The argument list is built in native memory beforehand; the map of
 * the C++ interface would be copied at every run.
 */
final class Execution {
  private final dnnl_primitive primitiveHandle;
  private final stream stream;
  private final dnnl_stream streamHandle;
  private final dnnl_exec_arg_t arguments;
  private final int count;

  /** What the native handles refer to; it would be freed if nothing in Java referred to it. */
  private final List<Object> owners;

  /** A memory in its role: {@code DNNL_ARG_SRC}, for example. */
  record Argument(int role, memory memory) {}

  Execution(engine cpu, primitive primitive, NativeBuffer scratchpad, Argument... operands) {
    this(cpu, primitive, scratchpad, List.of(), operands);
  }

  /**
   * The same with more to keep.
   *
   * @param moreOwners what owns the memory of operands, where they don't own it themselves
   */
  Execution(
      engine cpu,
      primitive primitive,
      NativeBuffer scratchpad,
      List<?> moreOwners,
      Argument... operands) {
    this.primitiveHandle = primitive.get();
    this.stream = new stream(cpu);
    this.streamHandle = stream.get();
    this.owners = List.of(primitive, scratchpad, moreOwners, List.of(operands));
    this.count = operands.length + 1;
    this.arguments = new dnnl_exec_arg_t(count);
    for (int i = 0; i < operands.length; i++) {
      arguments.position(i).arg(operands[i].role()).memory(operands[i].memory().get());
    }
    arguments
        .position(operands.length)
        .arg(dnnl.DNNL_ARG_SCRATCHPAD)
        .memory(scratchpad.memory().get());
    arguments.position(0);
  }

  /** Runs the primitive. It is done when this returns: a CPU stream works in the caller. */
  void run() {
    OpenMp.useCallingThreadOnly();
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
