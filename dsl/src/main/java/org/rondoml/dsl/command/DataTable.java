package org.rondoml.dsl.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rondoml.dsl.summary.DataSummary;

/**
 * The data of a model in a table, and how many samples or steps there are of each class below it.
 */
final class DataTable {
  private static final int WIDTH = 100;

  private final List<DataSummary> data;

  DataTable(List<DataSummary> data) {
    this.data = data;
  }

  void print(PrintWriter out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("Data", "Samples", "Array", "Shape", "Values"));
    for (DataSummary part : data) {
      for (DataSummary.Array array : part.arrays()) {
        rows.add(
            List.of(
                part.part(),
                String.format(Locale.ROOT, "%,d", part.samples()),
                array.name() + " (" + array.role() + ")",
                array.shape().stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ", "(", ")")),
                array.type()
                    + " from "
                    + number(array.least())
                    + " to "
                    + number(array.greatest())));
      }
    }
    new TextTable(rows, 0).print(out);
    for (DataSummary part : data) {
      part.remarks().forEach(remark -> out.println(part.part() + ": " + remark));
    }
    for (DataSummary part : data) {
      for (DataSummary.Array array : part.arrays()) {
        Map<Long, Long> classes = array.classes();
        if (classes != null) {
          out.println();
          out.println("Classes of " + array.name() + " in " + part.part() + ":");
          balance(classes, array.classNames()).forEach(out::println);
        }
      }
    }
  }

  /** What the source calls a class, or its number. */
  private static String name(long number, @Nullable List<String> names) {
    return names == null || number >= names.size()
        ? String.valueOf(number)
        : names.get(Math.toIntExact(number));
  }

  /** Class by class, as many in a line as fit. */
  private static List<String> balance(Map<Long, Long> classes, @Nullable List<String> names) {
    long all = classes.values().stream().mapToLong(Long::longValue).sum();
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (Map.Entry<Long, Long> entry : classes.entrySet()) {
      String next =
          String.format(
              Locale.ROOT,
              "  %s: %,d (%.1f %%)",
              name(entry.getKey(), names),
              entry.getValue(),
              100.0 * entry.getValue() / all);
      if (line.length() + next.length() > WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(next);
    }
    lines.add(line.toString());
    return lines;
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.5g", value);
  }
}
