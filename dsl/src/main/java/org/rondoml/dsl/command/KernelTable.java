package org.rondoml.dsl.command;

import java.util.ArrayList;
import java.util.List;
import org.rondoml.dsl.inspect.LayerKernels;

/** Which library computes which layer, and why, in a table. */
final class KernelTable {
  private KernelTable() {}

  static TextTable of(List<LayerKernels> layers) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Layer (type)", "Kernels", "Why"));
    for (LayerKernels layer : layers) {
      rows.add(
          List.of(
              layer.layer() + " (" + layer.type() + ")",
              layer.kernels().isEmpty() ? "none" : layer.kernels(),
              layer.why()));
    }
    return new TextTable(rows, 0);
  }
}
