package org.rondoml.dsl.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.rondoml.dsl.summary.ModelSummary;

/**
 * A model's layers in a table like that of Keras' {@code model.summary()}, and what they cost below
 * it.
 */
final class SummaryTable {
  private final ModelSummary summary;

  SummaryTable(ModelSummary summary) {
    this.summary = summary;
  }

  void print(PrintWriter out) {
    out.println(
        "Model: " + summary.name() + " (" + summary.semantics() + ", " + summary.precision() + ")");
    out.println();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Layer (type)", "Output shape", "Parameters"));
    for (ModelSummary.Layer layer : summary.layers()) {
      rows.add(
          List.of(
              layer.name() + " (" + layer.type() + ")",
              layer.outputShapes().stream()
                  .map(SummaryTable::shape)
                  .collect(Collectors.joining(", ")),
              grouped(layer.parameters())));
    }
    new TextTable(rows, 1).print(out);
    out.println();
    out.println("Parameters: " + grouped(summary.parameters()));
    if (summary.trainableParameters() < summary.parameters()) {
      out.println(
          "  trainable: "
              + grouped(summary.trainableParameters())
              + ", not trainable: "
              + grouped(summary.parameters() - summary.trainableParameters()));
    }
    out.println(
        "Matrix products: "
            + flop(summary.forwardFlops())
            + " a sample forward, "
            + flop(summary.trainingFlops())
            + " a sample of training");
    out.println(
        "Memory of a training step: about "
            + bytes(summary.stepBytes())
            + " at batch size "
            + summary.batchSize());
  }

  private static String shape(List<?> dimensions) {
    return dimensions.stream()
        .map(d -> d == null ? "None" : d.toString())
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String flop(long flops) {
    return flops < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kFLOP", flops / 1e3)
        : String.format(Locale.ROOT, "%,.1f MFLOP", flops / 1e6);
  }

  private static String bytes(long bytes) {
    return bytes < 10 * 1024 * 1024
        ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
        : String.format(Locale.ROOT, "%.1f MiB", bytes / 1024.0 / 1024.0);
  }
}
