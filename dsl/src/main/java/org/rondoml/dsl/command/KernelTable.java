package org.rondoml.dsl.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.rondoml.dsl.inspect.LayerKernels;

/** Which library computes which layer, in a table, and why, once for all layers, below it. */
final class KernelTable {
  private final List<LayerKernels> layers;

  KernelTable(List<LayerKernels> layers) {
    this.layers = layers;
  }

  void print(PrintWriter out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Layer (type)", "Kernels"));
    Set<String> reasons = new LinkedHashSet<>();
    for (LayerKernels layer : layers) {
      String kernels = layer.kernels().isEmpty() ? "none" : layer.kernels();
      rows.add(List.of(layer.layer() + " (" + layer.type() + ")", kernels));
      reasons.add(kernels + ": " + layer.why());
    }
    new TextTable(rows, 0).print(out);
    out.println();
    reasons.forEach(out::println);
  }
}
