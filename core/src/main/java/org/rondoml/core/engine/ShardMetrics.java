package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.rondoml.api.DataException;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Metric;

/** The metrics of one output on one shard. */
final class ShardMetrics {
  private final List<Gauge> gauges = new ArrayList<>();
  private final List<Group> groups = new ArrayList<>();
  private int sums;

  /**
   * A metric.
   *
   * @param metric the metric, in the form that reads what it is given
   * @param isOriginal whether that is its own form
   * @param place its place among the output's metrics
   * @param weighted whether samples have their weights
   * @param sumsFrom where its sums begin among those of all
   */
  private record Gauge(
      Metric metric, boolean isOriginal, int place, boolean weighted, int sumsFrom) {
    double[] ownOf(double[] all) {
      return Arrays.copyOfRange(all, sumsFrom, sumsFrom + metric.sums());
    }
  }

  /** Metrics that see the same vectors. */
  private record Group(RowView view, boolean readsLogits, List<Gauge> gauges) {}

  /**
   * The metrics of an output.
   *
   * @param link how logits became outputs, where those can be read
   */
  ShardMetrics(Objective.Output output, Optional<Activation.Link> link, RowViews views) {
    for (Metric metric : output.allMetrics()) {
      Optional<Metric> ofLogits = link.flatMap(metric::fromLogits);
      Metric used = ofLogits.orElse(metric);
      boolean weighted = gauges.size() >= output.metrics().size();
      Gauge gauge = new Gauge(used, ofLogits.isEmpty(), gauges.size(), weighted, sums);
      gauges.add(gauge);
      RowView view = views.of(used.scope(), used.rowAxis());
      group(view, ofLogits.isPresent()).gauges().add(gauge);
      sums += used.sums();
    }
  }

  private Group group(RowView view, boolean readsLogits) {
    for (Group group : groups) {
      if (group.view() == view && group.readsLogits() == readsLogits) {
        return group;
      }
    }
    Group group = new Group(view, readsLogits, new ArrayList<>());
    groups.add(group);
    return group;
  }

  boolean readLogits() {
    return groups.stream().anyMatch(Group::readsLogits);
  }

  /** How many sums over the whole batch they need. */
  int sums() {
    return sums;
  }

  /** What the shard adds to the sums. */
  double[] gather(OutputReading reading) {
    double[] all = new double[sums];
    for (Group group : groups) {
      for (Gauge gauge : group.gauges()) {
        double[] own = new double[gauge.metric().sums()];
        int rows = group.view().count();
        for (int i = 0; own.length > 0 && i < reading.samples() * rows; i++) {
          load(reading, group, i / rows, i % rows);
          if (!reading.isPadding(i / rows, i % rows, rows)) {
            gauge.metric().gather(group.view().target(), group.view().output(), own);
          }
        }
        System.arraycopy(own, 0, all, gauge.sumsFrom(), own.length);
      }
    }
    return all;
  }

  private static void load(OutputReading reading, Group group, int sample, int row) {
    group.view().load(reading.targets(), reading.rows(group.readsLogits()), sample, row);
  }

  /**
   * Adds the shard's rows to the metrics.
   *
   * @param totals gathers them
   * @param first the place of this output's first metric in the totals
   * @param batchSums the sums over the batch
   */
  void add(OutputReading reading, Totals totals, int first, double[] batchSums) {
    for (Gauge gauge : gauges) {
      Metric metric = gauge.metric();
      if (metric.sums() > 0) {
        totals.start(first + gauge.place(), metric.given(gauge.ownOf(batchSums)));
      } else if (!gauge.isOriginal()) {
        totals.start(first + gauge.place(), metric);
      }
    }
    for (Group group : groups) {
      RowView view = group.view();
      for (int sample = 0; sample < reading.samples(); sample++) {
        for (int row = 0; row < view.count(); row++) {
          load(reading, group, sample, row);
          if (reading.isPadding(sample, row, view.count())) {
            continue;
          }
          for (Gauge gauge : group.gauges()) {
            add(reading, gauge, totals.state(first + gauge.place()), view, sample, row);
          }
        }
      }
    }
  }

  private static void add(
      OutputReading reading, Gauge gauge, Metric.State state, RowView view, int sample, int row) {
    Vec target = view.target();
    Vec output = view.output();
    boolean masked = reading.mask() != null && gauge.metric().heedsMask();
    boolean weighted = gauge.weighted() && reading.isWeighted();
    try {
      if (!masked && !weighted) {
        state.add(target, output);
      } else if (masked && !reading.isValid(sample, row, view.count())) {
        state.add(target, output, 0);
      } else {
        state.add(target, output, weighted ? reading.weight(sample, row, view.count()) : 1);
      }
    } catch (DataException e) {
      throw reading.about(sample, e);
    }
  }
}
