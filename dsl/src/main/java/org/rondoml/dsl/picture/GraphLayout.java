package org.rondoml.dsl.picture;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.rondoml.core.graph.Graph;

/**
 * Places for the layers of a graph: each in the row below the lowest of those it takes its inputs
 * from, and in the row near the middle of them, so that lines are short and seldom cross.
 */
final class GraphLayout {
  private final Graph graph;
  private final int[] row;
  private final double[] column;
  private final List<List<Integer>> rows = new ArrayList<>();

  GraphLayout(Graph graph) {
    this.graph = graph;
    int steps = graph.steps().size();
    row = new int[steps];
    column = new double[steps];
    for (int i = 0; i < steps; i++) {
      for (Graph.Source source : graph.steps().get(i).sources()) {
        row[i] = Math.max(row[i], row[source.step()] + 1);
      }
      while (rows.size() <= row[i]) {
        rows.add(new ArrayList<>());
      }
      rows.get(row[i]).add(i);
    }
    rows.forEach(this::place);
  }

  private void place(List<Integer> steps) {
    steps.sort(Comparator.comparingDouble(this::middleOfSources));
    for (int i = 0; i < steps.size(); i++) {
      column[steps.get(i)] = i - (steps.size() - 1) / 2.0;
    }
  }

  private double middleOfSources(int step) {
    return graph.steps().get(step).sources().stream()
        .mapToDouble(source -> column[source.step()])
        .average()
        .orElse(0);
  }

  /** The number of rows. */
  int rows() {
    return rows.size();
  }

  /** The layers of the widest row. */
  int widest() {
    return rows.stream().mapToInt(List::size).max().orElse(1);
  }

  /** The row of a step, from 0 at the top. */
  int row(int step) {
    return row[step];
  }

  /** The column of a step; 0 is the middle. */
  double column(int step) {
    return column[step];
  }
}
