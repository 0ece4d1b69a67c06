package org.rondoml.standard.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.rondoml.api.DataException;
import org.rondoml.api.ModelFileException;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.losses.MeanSquaredError;

/** What metrics say of targets, outputs and keys that don't fit, and how they are called. */
class RefusalsTest {
  private final Registry registry = Registry.load(RefusalsTest.class.getClassLoader());

  private Metric metric(String id, Map<String, ?> config, Semantics semantics) {
    return registry.create(Metric.class, id, config, semantics);
  }

  private String refusal(String id, Map<String, ?> config) {
    return String.valueOf(
        assertThrows(ModelFileException.class, () -> metric(id, config, Semantics.KERAS3))
            .getMessage());
  }

  private String refusal(String id, Map<String, ?> config, Shape target, Shape output) {
    Metric metric = metric(id, config, Semantics.KERAS3);
    return String.valueOf(
        assertThrows(
                ShapeMismatchException.class,
                () -> metric.resolve(target, output, new MeanSquaredError()))
            .getMessage());
  }

  @Test
  void figuresAreCountedByOutputsAndThresholds() {
    assertEquals(OptionalInt.of(4), figures("F1Score", Map.of()));
    assertEquals(OptionalInt.of(4), figures("F1Score", Map.of("average", "none")));
    assertEquals(OptionalInt.of(4), figures("R2Score", Map.of("class_aggregation", "none")));
    assertEquals(OptionalInt.empty(), figures("F1Score", Map.of("average", "macro")));
    assertEquals(
        OptionalInt.of(4), figures("R2Score", Collections.singletonMap("class_aggregation", null)));
    assertEquals(OptionalInt.empty(), figures("R2Score", Map.of()));
    assertEquals(OptionalInt.of(2), figures("Precision", Map.of("thresholds", List.of(0.4, 0.6))));
    assertEquals(OptionalInt.empty(), figures("Precision", Map.of("thresholds", List.of(0.4))));
    assertEquals(
        "fbeta_score has a score for each class, but their number isn't known from outputs of shape"
            + " (?): write average: macro, micro or weighted",
        assertThrows(
                ShapeMismatchException.class,
                () ->
                    metric("FBetaScore", Map.of(), Semantics.KERAS3)
                        .figures(Shape.of(Shape.UNKNOWN)))
            .getMessage());
  }

  private OptionalInt figures(String id, Map<String, ?> config) {
    return metric(id, config, Semantics.KERAS3).figures(Shape.of(4));
  }

  @Test
  void relativeErrorsNeedANumberForEachElement() {
    Metric metric = metric("MeanRelativeError", Map.of("normalizer", List.of(1, 2)), Semantics.TF2);
    assertEquals(
        "mean_relative_error has 2 numbers of normalizer; found outputs of shape (3): expected one"
            + " number, or one for each element of the last axis",
        assertThrows(
                ShapeMismatchException.class,
                () -> metric.resolve(Shape.of(3), Shape.of(3), new MeanSquaredError()))
            .getMessage());
    assertEquals(
        "MeanRelativeError: 'MeanRelativeError' is not known in semantics: keras3;"
            + " MeanAbsolutePercentageError divides by the targets",
        refusal("MeanRelativeError", Map.of("normalizer", 1)));
  }

  @Test
  void keysHaveToBeInTheirBounds() {
    assertEquals(
        "TruePositives.thresholds: found 1.5, expected numbers from 0 to 1",
        refusal("TruePositives", Map.of("thresholds", 1.5)));
    assertEquals(
        "AUC.num_labels: is for multi_label: true; leave it out",
        refusal("AUC", Map.of("num_labels", 3)));
    assertEquals(
        "AUC.curve: found the text \"area\": expected ROC, PR or PRGAIN",
        refusal("AUC", Map.of("curve", "area")));
    assertEquals(
        "AUC.label_weights: found -1.0, expected numbers from 0 on",
        refusal("AUC", Map.of("label_weights", List.of(-1))));
    assertEquals(
        "IoU.target_class_ids: found 3, expected class numbers from 0 to 2",
        refusal("IoU", Map.of("num_classes", 3, "target_class_ids", List.of(0, 3))));
    assertEquals(
        "BinaryIoU.target_class_ids: found an empty list, expected class numbers",
        refusal("BinaryIoU", Map.of("target_class_ids", List.of())));
  }

  @Test
  void shapesHaveToFit() {
    Shape four = Shape.of(4);
    assertEquals(
        "precision compares each element of the output with one of the target; found targets of"
            + " shape () and outputs of shape (4): class numbers go with"
            + " sparse_categorical_crossentropy, or become rows of 4 by the transform one_hot; other"
            + " numbers need a last layer with a single unit",
        refusal("Precision", Map.of(), Shape.of(), four));
    assertEquals(
        "recall: class_id 4 is none of the classes 0 to 3 of outputs of shape (4)",
        refusal("Recall", Map.of("class_id", 4), four, four));
    assertEquals(
        "recall: top_k 5 of outputs of shape (4), expected 4 at most",
        refusal("Recall", Map.of("top_k", 5), four, four));
    assertEquals(
        "auc has num_labels 3, but outputs of shape (4) have 4 labels",
        refusal("AUC", Map.of("multi_label", true, "num_labels", 3), four, four));
    assertEquals(
        "auc has 2 label_weights, but outputs of shape (4) have 4 labels",
        refusal("AUC", Map.of("label_weights", List.of(1, 2)), four, four));
    assertEquals(
        "auc with multi_label takes one row of labels a sample; found outputs of shape (5, 4)",
        refusal("AUC", Map.of("multi_label", true), Shape.of(5, 4), Shape.of(5, 4)));
    assertEquals(
        "f1_score takes one row of classes a sample; found targets of shape (5, 4) and outputs of"
            + " shape (5, 4)",
        refusal("F1Score", Map.of("average", "micro"), Shape.of(5, 4), Shape.of(5, 4)));
    assertEquals(
        "r2_score takes one row a sample; found outputs of shape (5, 4)",
        refusal("R2Score", Map.of(), Shape.of(5, 4), Shape.of(5, 4)));
    assertEquals(
        "pearson_correlation along axis 0: expected -1, the last axis, within each sample",
        refusal("PearsonCorrelation", Map.of("axis", 0), four, four));
    assertEquals(
        "one_hot_io_u takes one-hot targets and one class number for each as output; found targets"
            + " of shape (4) and outputs of shape (4)",
        refusal(
            "OneHotIoU",
            Map.of("num_classes", 4, "target_class_ids", List.of(0), "sparse_y_pred", true),
            four,
            four));
    assertEquals(
        "mean_io_u along axis 0: expected -1, the last axis",
        refusal("MeanIoU", Map.of("num_classes", 4, "axis", 0), four, four));
  }

  private static Vec row(double... values) {
    Vec row = Vec.zeros(Precision.FLOAT64, values.length);
    for (int k = 0; k < values.length; k++) {
      row.set(k, values[k]);
    }
    return row;
  }

  @Test
  void whatCanNotBeWeighedIsToldWithTheCure() {
    Shape two = Shape.of(2);
    Metric.State f1 =
        metric("F1Score", Map.of("average", "macro"), Semantics.TF2)
            .resolve(two, two, new MeanSquaredError())
            .start();
    assertEquals(
        "f1_score in semantics: tf2 multiplies each sample by the weights of all, so it can't be a"
            + " weighted metric: list it under metrics",
        assertThrows(DataException.class, () -> f1.add(row(0, 1), row(0.2, 0.8), 2)).getMessage());
    Metric.State iou = metric("BinaryIoU", Map.of(), Semantics.KERAS3).start();
    assertEquals(
        "binary_io_u has 2 class numbers for each weight: leave it out of weighted_metrics",
        assertThrows(DataException.class, () -> iou.add(row(0, 1), row(0.2, 0.8), 2)).getMessage());
  }

  @Test
  void aNumberThatIsNoClassIsRefusedBeforeKeras3() {
    Map<String, ?> three = Map.of("num_classes", 3);
    Metric.State old = metric("MeanIoU", three, Semantics.TF2).start();
    assertEquals(
        "mean_io_u: label 3 is none of the class numbers 0 to 2: num_classes is 3",
        assertThrows(DataException.class, () -> old.add(row(3), row(1))).getMessage());
    Metric.State now = metric("MeanIoU", three, Semantics.KERAS3).start();
    now.add(row(3), row(1));
    assertEquals(0, now.result());
  }

  @Test
  void thoseWithoutANameAreNumbered() {
    for (String id : List.of("AUC", "Precision", "TruePositives", "PrecisionAtRecall", "MeanIoU")) {
      Map<String, ?> config =
          id.equals("MeanIoU")
              ? Map.of("num_classes", 2)
              : id.equals("PrecisionAtRecall") ? Map.of("recall", 0.5) : Map.of();
      assertTrue(metric(id, config, Semantics.KERAS3).isNumbered(), id);
    }
    Metric named = metric("AUC", Map.of("name", "area"), Semantics.KERAS3);
    assertFalse(named.isNumbered());
    assertEquals("area", named.name());
    assertEquals("auc", metric("AUC", Map.of(), Semantics.KERAS3).name());
    assertEquals(
        "kullback_leibler_divergence", metric("KLDivergence", Map.of(), Semantics.TF2).name());
  }

  @Test
  void maskedStepsCountForSomeInKeras3() {
    for (String id : List.of("AUC", "Recall", "FalseNegatives", "RootMeanSquaredError")) {
      assertFalse(metric(id, Map.of(), Semantics.KERAS3).heedsMask(), id);
      assertTrue(metric(id, Map.of(), Semantics.TF2).heedsMask(), id);
    }
    assertTrue(metric("mae", Map.of(), Semantics.KERAS3).heedsMask());
  }
}
