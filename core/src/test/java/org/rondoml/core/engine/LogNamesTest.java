package org.rondoml.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.Reduction;

/** Names as {@code history.history} of Keras 3.15 and tf_keras 2.21 has them. */
class LogNamesTest {
  private record Named(String name, boolean isNumbered, int distinct) implements Metric {
    @Override
    public State start() {
      throw new UnsupportedOperationException();
    }
  }

  /** A metric with a figure for each class. */
  private record Several(String name) implements Metric {
    @Override
    public OptionalInt figures(Shape output) {
      return OptionalInt.of((int) output.dimension(-1));
    }

    @Override
    public State start() {
      throw new UnsupportedOperationException();
    }
  }

  private int made;

  private Metric metric(String name) {
    return new Named(name, false, made++);
  }

  private Metric numbered(String name) {
    return new Named(name, true, made++);
  }

  private static Objective.Output output(String name, List<Metric> metrics, List<Metric> weighted) {
    return new Objective.Output(
        name, new LinearModel.SquaredError(), Reduction.SUM_OVER_BATCH_SIZE, 1, metrics, weighted);
  }

  /**
   * {@code compile(metrics=["mse", "mse", "mae"], weighted_metrics=["mse", "mae", "mae", "mape"])}.
   */
  @Test
  void aNameThatIsTakenIsNumberedInKeras3() {
    List<Objective.Output> one =
        List.of(
            output(
                "a",
                List.of(metric("mse"), metric("mse"), metric("mae")),
                List.of(metric("mse"), metric("mae"), metric("mae"), metric("mape"))));
    assertEquals(
        List.of("mse", "mse_1", "mae", "weighted_mse", "weighted_mae", "weighted_mae_1", "mape"),
        LogNames.of(one, Semantics.KERAS3, List.of()));
  }

  @Test
  void severalFiguresAreNumberedInBrackets() {
    List<Objective.Output> two =
        List.of(
            output("a", List.of(new Several("f1"), metric("mse")), List.of(new Several("f1"))),
            output("b", List.of(), List.of(new Several("f1"))));
    assertEquals(
        List.of("a_f1[0]", "a_f1[1]", "a_mse", "a_weighted_f1[0]", "a_weighted_f1[1]", "b_f1[0]"),
        LogNames.of(two, Semantics.KERAS3, List.of(Shape.of(2), Shape.of(1))));
  }

  @Test
  void aWeightedMetricSaysSoWhereItsNameIsTaken() {
    List<Objective.Output> one =
        List.of(output("a", List.of(metric("mse")), List.of(metric("mse"), metric("mae"))));
    assertEquals(List.of("mse", "weighted_mse", "mae"), LogNames.of(one, Semantics.TF2, List.of()));
  }

  /** {@code metrics=[[MeanIoU(3), MeanIoU(3)], [TruePositives(), "mae"]]} and more. */
  @Test
  void metricsWithoutANameAreNumberedThroughAllOutputs() {
    List<Objective.Output> two =
        List.of(
            output(
                "z", List.of(numbered("mean_io_u"), numbered("mean_io_u")), List.of(metric("acc"))),
            output(
                "a",
                List.of(numbered("true_positives"), metric("mae")),
                List.of(numbered("true_positives"), metric("mae"))));
    List<String> names =
        List.of(
            "z_mean_io_u",
            "z_mean_io_u_1",
            "z_acc",
            "a_true_positives",
            "a_mae",
            "a_true_positives_1",
            "a_weighted_mae");
    assertEquals(names, LogNames.of(two, Semantics.KERAS3, List.of()));
    assertEquals(names, LogNames.of(two, Semantics.TF2, List.of()));
  }

  @Test
  void oneMetricForSeveralOutputsIsNumberedOnce() {
    Metric auc = numbered("auc");
    List<Objective.Output> two =
        List.of(output("a", List.of(auc), List.of()), output("b", List.of(auc), List.of()));
    assertEquals(List.of("a_auc", "b_auc"), LogNames.of(two, Semantics.TF2, List.of()));
  }
}
