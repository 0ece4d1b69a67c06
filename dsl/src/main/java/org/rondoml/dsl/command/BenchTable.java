package org.rondoml.dsl.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rondoml.dsl.bench.BenchReport;

/** What was measured, for people: times to three digits, which is more than they are good for. */
final class BenchTable {
  private final BenchReport report;

  BenchTable(BenchReport report) {
    this.report = report;
  }

  void print(PrintWriter out) {
    BenchReport.Training training = report.training();
    out.println("Model: " + report.model() + " (" + report.precision() + ")");
    out.println(
        "Rondo " + report.rondo() + ", Java " + report.java() + ", threads: " + report.threads());
    out.println();
    out.println(
        "Training in batches of "
            + training.batchSize()
            + ": "
            + digits(training.msPerStep())
            + " ms a step, "
            + digits(training.samplesPerSecond())
            + " samples/s");
    out.println();
    new TextTable(parts(training), 2).print(out);
    out.println();
    List<List<String>> speeds = new ArrayList<>();
    speeds.add(List.of("Matrix products", ""));
    speeds.add(List.of("of a step", digits(training.gflopPerStep()) + " GFLOP"));
    speeds.add(List.of("their speed", digits(training.gflops()) + " GFLOP/s"));
    speeds.add(List.of("the machine's peak", digits(report.gemmPeakGflops()) + " GFLOP/s"));
    speeds.add(List.of("floor: a step at the peak", digits(training.floorMs()) + " ms"));
    speeds.add(List.of("step / floor", digits(training.ratioToFloor())));
    new TextTable(speeds, 1).print(out);
    if (!report.inference().isEmpty()) {
      out.println();
      new TextTable(inference(), 3).print(out);
    }
    out.println();
    out.println("Memory: " + memory());
    out.println();
    new KernelTable(report.kernels()).print(out);
    out.println("element-wise: " + report.elementwise());
  }

  private static List<List<String>> parts(BenchReport.Training training) {
    BenchReport.Parts parts = training.partsMs();
    double whole = training.msPerStep();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Part of a step", "ms", "%"));
    rows.add(part("products", parts.products(), whole));
    rows.add(part("elementwise", parts.elementwise(), whole));
    rows.add(part("optimizer", parts.optimizer(), whole));
    rows.add(part("packing", parts.packing(), whole));
    rows.add(part("data", parts.data(), whole));
    rows.add(part("waiting", parts.waiting(), whole));
    return rows;
  }

  private static List<String> part(String name, double ms, double whole) {
    return List.of(
        name,
        String.format(Locale.ROOT, "%.3f", ms),
        String.format(Locale.ROOT, "%.1f", 100 * ms / whole));
  }

  private List<List<String>> inference() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Inference, batch size", "us a sample", "samples/s"));
    for (BenchReport.Inference size : report.inference()) {
      rows.add(
          List.of(
              Integer.toString(size.batchSize()),
              digits(size.usPerSample()),
              digits(1e6 / size.usPerSample())));
    }
    return rows;
  }

  private String memory() {
    String peak = mebibytes(report.peakMemoryBytes()) + " at most";
    String heap = mebibytes(report.peakHeapBytes());
    String most =
        report.peakMemoryBytes() == report.peakHeapBytes()
            ? "Java heap " + peak
            : peak + ", of that Java heap " + heap;
    Double garbage = report.training().garbageBytesPerStep();
    return most
        + (garbage == null
            ? ""
            : String.format(Locale.ROOT, "; garbage a step %,.1f KiB", garbage / 1024));
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%,d MiB", Math.round(bytes / 1024.0 / 1024.0));
  }

  /** Three digits, or as many as stand before the point. */
  private static String digits(double value) {
    String format = value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }
}
