package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.List;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.ElementWiseOptimizer;

/** Some rows of a table that one thread updates, each by itself. */
final class TableRows {
  private static final int ROWS = 64;

  private final TableGradient table;
  private final TableGradient.Windows gradients;
  private final Memory weights;
  private final List<Memory> slots;
  private final int first;
  private final int end;
  private final Vec w;
  private final List<Vec> s = new ArrayList<>();

  private TableRows(
      TableGradient table,
      ParameterBlock parameters,
      List<Memory> slots,
      int scratch,
      int first,
      int end) {
    this.table = table;
    this.gradients = table.new Windows();
    this.weights = parameters.memory();
    this.slots = slots;
    this.first = first;
    this.end = end;
    w = Vec.window(parameters.precision(), table.columns());
    slots.forEach(slot -> s.add(Vec.window(parameters.precision(), table.columns())));
    for (int i = 0; i < scratch; i++) {
      s.add(Vec.zeros(parameters.precision(), table.columns()));
    }
  }

  /** All rows of a table. */
  static List<TableRows> cut(
      TableGradient table, ParameterBlock parameters, List<Memory> slots, int scratch) {
    List<TableRows> all = new ArrayList<>();
    for (int first = 0; first < table.rows(); first += ROWS) {
      int end = Math.min(table.rows(), first + ROWS);
      all.add(new TableRows(table, parameters, slots, scratch, first, end));
    }
    return all;
  }

  void run(ElementWiseOptimizer.Rule rule) {
    for (int row = first; row < end; row++) {
      long at = table.parameter().offset() + (long) row * table.columns();
      w.updates(weights, at);
      for (int i = 0; i < slots.size(); i++) {
        s.get(i).updates(slots.get(i), at);
      }
      rule.update(w, gradients.read(row), s);
      w.done();
      for (int i = 0; i < slots.size(); i++) {
        s.get(i).done();
      }
    }
  }
}
