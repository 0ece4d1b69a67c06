package org.rondoml.onednn;

import org.bytedeco.dnnl.engine;

/**
 * oneDNN's engine, and the memory that calls on it work in.
 *
 * @param engine what plans and operands belong to
 * @param scratchpads working memory of primitives
 * @param stopovers where a matrix lies between two reorders
 */
record Cpu(engine engine, WorkingMemory scratchpads, WorkingMemory stopovers) {
  /** The engine of this machine's processor. */
  static Cpu load() {
    return new Cpu(
        new engine(org.bytedeco.dnnl.engine.kind.cpu, 0), new WorkingMemory(), new WorkingMemory());
  }
}
