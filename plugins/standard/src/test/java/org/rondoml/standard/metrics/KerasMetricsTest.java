package org.rondoml.standard.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Precision;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Metric;
import org.rondoml.standard.losses.MeanSquaredError;

/**
 * Metrics against {@code keras.metrics} of Keras 3.15, in float64, and {@code tf_keras.metrics} of
 * tf_keras 2.21, in float32: {@code m.update_state(t, y); m.result()}, and the same with {@code
 * sample_weight=[1, 2, 0.5, 0, 1.5, 1]}.
 */
class KerasMetricsTest {
  private static final double[] WEIGHTS = {1, 2, 0.5, 0, 1.5, 1};

  private static final double[][] P = {
    {0.1, 0.5, 0.4},
    {0.6, 0.3, 0.1},
    {0.25, 0.25, 0.5},
    {0.0, 1.0, 0.0},
    {0.3, 0.3, 0.4},
    {0.7, 0.05, 0.25}
  };

  private static final double[][] ONE_HOT = {
    {0.0, 1.0, 0.0},
    {1.0, 0.0, 0.0},
    {0.0, 1.0, 0.0},
    {0.0, 1.0, 0.0},
    {0.0, 0.0, 1.0},
    {0.0, 0.0, 1.0}
  };

  private static final double[][] BINARY = {
    {1.0, 1.0, 0.0},
    {0.0, 1.0, 0.0},
    {1.0, 0.0, 1.0},
    {0.0, 0.0, 0.0},
    {1.0, 1.0, 1.0},
    {0.0, 0.0, 1.0}
  };

  private static final double[][] SIGNS = {
    {1.0, 1.0, -1.0},
    {-1.0, 1.0, -1.0},
    {1.0, -1.0, 1.0},
    {-1.0, -1.0, -1.0},
    {1.0, 1.0, 1.0},
    {-1.0, -1.0, 1.0}
  };

  private static final double[][] R = {
    {0.5, -1.25, 2.0},
    {-0.75, 0.0, 1.5},
    {0.25, 1.0, 0.75},
    {2.0, -0.5, -1.0},
    {1.25, 0.5, 0.1},
    {-0.2, 0.3, 0.4}
  };

  private static final double[][] T = {
    {0.25, 1.0, -0.5},
    {0.0, 0.5, 2.0},
    {0.75, 1.5, 0.5},
    {1.0, -1.0, -0.25},
    {1.0, 0.25, 0.3},
    {0.5, 0.0, -0.4}
  };

  private static final double[][] POSITIVE = {
    {0.6, 1.35, 2.1},
    {0.85, 0.1, 1.6},
    {0.35, 1.1, 0.85},
    {2.1, 0.6, 1.1},
    {1.35, 0.6, 0.2},
    {0.30000000000000004, 0.4, 0.5}
  };

  private static final double[][] COUNTS = {
    {0.0, 2.0, 1.0},
    {0.0, 1.0, 4.0},
    {2.0, 3.0, 1.0},
    {2.0, 2.0, 0.0},
    {2.0, 0.0, 1.0},
    {1.0, 0.0, 1.0}
  };

  private static final double[][] CLASSES = {{1.0}, {0.0}, {1.0}, {1.0}, {2.0}, {2.0}};

  private static final double[][] ONE = {{0.1}, {0.45}, {0.5}, {0.8}, {1.0}, {0.0}};

  private static final double[][] YES_OR_NO = {{0.0}, {1.0}, {0.0}, {1.0}, {1.0}, {1.0}};

  private static final double[][] NUMBERS = {{1.0}, {0.0}, {2.0}, {1.0}, {2.0}, {0.0}};

  /** {@code MeanSquaredError()}. */
  @Test
  void meanSquaredError() {
    check(
        Semantics.KERAS3,
        "MeanSquaredError",
        Map.of(),
        T,
        R,
        0.8998611111111111,
        0.8471527777777778);
    check(
        Semantics.TF2, "MeanSquaredError", Map.of(), T, R, 0.8998610973358154, 0.8471527695655823);
  }

  /** {@code MeanAbsoluteError()}. */
  @Test
  void meanAbsoluteError() {
    check(
        Semantics.KERAS3,
        "MeanAbsoluteError",
        Map.of(),
        T,
        R,
        0.7083333333333334,
        0.6652777777777779);
    check(
        Semantics.TF2, "MeanAbsoluteError", Map.of(), T, R, 0.7083333134651184, 0.6652777194976807);
  }

  /** {@code MeanAbsolutePercentageError()}. */
  @Test
  void meanAbsolutePercentageError() {
    check(
        Semantics.KERAS3,
        "MeanAbsolutePercentageError",
        Map.of(),
        T,
        R,
        58333448.981481485,
        100000098.75);
    check(Semantics.TF2, "MeanAbsolutePercentageError", Map.of(), T, R, 58333444.0, 100000096.0);
  }

  /** {@code MeanSquaredLogarithmicError()}. */
  @Test
  void meanSquaredLogarithmicError() {
    check(
        Semantics.KERAS3,
        "MeanSquaredLogarithmicError",
        Map.of(),
        T,
        R,
        0.14949600960550977,
        0.14823862505326457);
    check(
        Semantics.TF2,
        "MeanSquaredLogarithmicError",
        Map.of(),
        T,
        R,
        0.14949600398540497,
        0.14823861420154572);
  }

  /** {@code LogCoshError()}. */
  @Test
  void logCoshError() {
    check(
        Semantics.KERAS3, "LogCoshError", Map.of(), T, R, 0.31323922799930914, 0.2905513450685901);
    check(Semantics.TF2, "LogCoshError", Map.of(), T, R, 0.3132392168045044, 0.2905513346195221);
  }

  /** {@code CosineSimilarity()}. */
  @Test
  void cosineSimilarity() {
    check(
        Semantics.KERAS3,
        "CosineSimilarity",
        Map.of(),
        T,
        R,
        0.34567446151068676,
        0.3547508744489245);
    check(
        Semantics.TF2, "CosineSimilarity", Map.of(), T, R, 0.3456745147705078, 0.3547508716583252);
  }

  /** {@code RootMeanSquaredError()}. */
  @Test
  void rootMeanSquaredError() {
    check(
        Semantics.KERAS3,
        "RootMeanSquaredError",
        Map.of(),
        T,
        R,
        0.948610094354425,
        0.9204090274317054);
    check(
        Semantics.TF2,
        "RootMeanSquaredError",
        Map.of(),
        T,
        R,
        0.9486100673675537,
        0.9204089641571045);
  }

  /** {@code R2Score()}. */
  @Test
  void r2Score() {
    check(Semantics.KERAS3, "R2Score", Map.of(), T, R, -1.1025615342781794, -1.860404568384473);
    check(Semantics.TF2, "R2Score", Map.of(), T, R, -1.102561354637146, -1.86040461063385);
  }

  /** {@code R2Score(class_aggregation='variance_weighted_average')}. */
  @Test
  void r2ScoreWithClassAggregation() {
    check(
        Semantics.KERAS3,
        "R2Score",
        Map.of("class_aggregation", "variance_weighted_average"),
        T,
        R,
        -0.8177312260357245,
        -0.8372449107658326);
    check(
        Semantics.TF2,
        "R2Score",
        Map.of("class_aggregation", "variance_weighted_average"),
        T,
        R,
        -0.8177312612533569,
        -0.8372448086738586);
  }

  /** {@code Poisson()}. */
  @Test
  void poisson() {
    check(
        Semantics.KERAS3,
        "Poisson",
        Map.of(),
        COUNTS,
        POSITIVE,
        1.0861543299074212,
        1.034837185327577);
    check(
        Semantics.TF2,
        "Poisson",
        Map.of(),
        COUNTS,
        POSITIVE,
        1.0861543416976929,
        1.0348371267318726);
  }

  /** {@code KLDivergence()}. */
  @Test
  void klDivergence() {
    check(
        Semantics.KERAS3,
        "KLDivergence",
        Map.of(),
        ONE_HOT,
        P,
        0.8154729328111717,
        0.8614430915786694);
    check(
        Semantics.TF2,
        "KLDivergence",
        Map.of(),
        ONE_HOT,
        P,
        0.8154730200767517,
        0.8614431023597717);
  }

  /** {@code Hinge()}. */
  @Test
  void hinge() {
    check(Semantics.KERAS3, "Hinge", Map.of(), SIGNS, R, 1.116666666666667, 1.0861111111111112);
    check(Semantics.TF2, "Hinge", Map.of(), SIGNS, R, 1.1166666746139526, 1.086111068725586);
  }

  /** {@code Hinge()}. */
  @Test
  void hinge2() {
    check(Semantics.KERAS3, "Hinge", Map.of(), BINARY, R, 1.116666666666667, 1.0861111111111112);
    check(Semantics.TF2, "Hinge", Map.of(), BINARY, R, 1.1166666746139526, 1.086111068725586);
  }

  /** {@code SquaredHinge()}. */
  @Test
  void squaredHinge() {
    check(
        Semantics.KERAS3,
        "SquaredHinge",
        Map.of(),
        BINARY,
        R,
        2.180555555555556,
        1.973888888888889);
    check(Semantics.TF2, "SquaredHinge", Map.of(), BINARY, R, 2.180555582046509, 1.973888874053955);
  }

  /** {@code CategoricalHinge()}. */
  @Test
  void categoricalHinge() {
    check(
        Semantics.KERAS3,
        "CategoricalHinge",
        Map.of(),
        ONE_HOT,
        R,
        2.466666666666667,
        2.5416666666666665);
    check(
        Semantics.TF2,
        "CategoricalHinge",
        Map.of(),
        ONE_HOT,
        R,
        2.4666664600372314,
        2.5416667461395264);
  }

  /** {@code BinaryCrossentropy()}. */
  @Test
  void binaryCrossentropy() {
    check(
        Semantics.KERAS3,
        "BinaryCrossentropy",
        Map.of(),
        BINARY,
        P,
        1.6768443452863113,
        0.9316268210402247);
    check(
        Semantics.TF2,
        "BinaryCrossentropy",
        Map.of(),
        BINARY,
        P,
        1.633241057395935,
        0.931626558303833);
  }

  /** {@code BinaryCrossentropy(label_smoothing=0.2)}. */
  @Test
  void binaryCrossentropyWithLabelSmoothing() {
    check(
        Semantics.KERAS3,
        "BinaryCrossentropy",
        Map.of("label_smoothing", 0.2),
        BINARY,
        P,
        1.7555624880156078,
        0.9202134951248963);
    check(
        Semantics.TF2,
        "BinaryCrossentropy",
        Map.of("label_smoothing", 0.2),
        BINARY,
        P,
        1.7086176872253418,
        0.9202132225036621);
  }

  /** {@code BinaryCrossentropy(from_logits=True)}. */
  @Test
  void binaryCrossentropyWithFromLogits() {
    check(
        Semantics.KERAS3,
        "BinaryCrossentropy",
        Map.of("from_logits", true),
        BINARY,
        R,
        0.8561453571849134,
        0.8236081398493488);
    check(
        Semantics.TF2,
        "BinaryCrossentropy",
        Map.of("from_logits", true),
        BINARY,
        R,
        0.8561453819274902,
        0.8236081600189209);
  }

  /** {@code CategoricalCrossentropy()}. */
  @Test
  void categoricalCrossentropy() {
    check(
        Semantics.KERAS3,
        "CategoricalCrossentropy",
        Map.of(),
        ONE_HOT,
        P,
        0.8154753930733127,
        0.8614460112638325);
    check(
        Semantics.TF2,
        "CategoricalCrossentropy",
        Map.of(),
        ONE_HOT,
        P,
        0.8154754638671875,
        0.8614460825920105);
  }

  /** {@code CategoricalCrossentropy(label_smoothing=0.1)}. */
  @Test
  void categoricalCrossentropyWithLabelSmoothing() {
    check(
        Semantics.KERAS3,
        "CategoricalCrossentropy",
        Map.of("label_smoothing", 0.1),
        ONE_HOT,
        P,
        1.0211182523791433,
        0.9053275995174582);
    check(
        Semantics.TF2,
        "CategoricalCrossentropy",
        Map.of("label_smoothing", 0.1),
        ONE_HOT,
        P,
        1.0211182832717896,
        0.905327558517456);
  }

  /** {@code CategoricalCrossentropy(from_logits=True)}. */
  @Test
  void categoricalCrossentropyWithFromLogits() {
    check(
        Semantics.KERAS3,
        "CategoricalCrossentropy",
        Map.of("from_logits", true),
        ONE_HOT,
        R,
        2.0135419052637045,
        2.0752593266415684);
    check(
        Semantics.TF2,
        "CategoricalCrossentropy",
        Map.of("from_logits", true),
        ONE_HOT,
        R,
        2.0135419368743896,
        2.0752594470977783);
  }

  /** {@code SparseCategoricalCrossentropy()}. */
  @Test
  void sparseCategoricalCrossentropy() {
    check(
        Semantics.KERAS3,
        "SparseCategoricalCrossentropy",
        Map.of(),
        CLASSES,
        P,
        0.8154754097399787,
        0.8614460112638325);
    check(
        Semantics.TF2,
        "SparseCategoricalCrossentropy",
        Map.of(),
        CLASSES,
        P,
        0.8154754638671875,
        0.8614460825920105);
  }

  /** {@code SparseCategoricalCrossentropy(ignore_class=1)}. */
  @Test
  void sparseCategoricalCrossentropyWithIgnoreClass() {
    check(
        Semantics.KERAS3,
        "SparseCategoricalCrossentropy",
        Map.of("ignore_class", 1),
        CLASSES,
        P,
        0.4689017861266727,
        0.8405292681029121);
    check(
        Semantics.TF2,
        "SparseCategoricalCrossentropy",
        Map.of("ignore_class", 1),
        CLASSES,
        P,
        0.9378035664558411,
        0.840529203414917);
  }

  /** {@code SparseCategoricalCrossentropy(from_logits=True)}. */
  @Test
  void sparseCategoricalCrossentropyWithFromLogits() {
    check(
        Semantics.KERAS3,
        "SparseCategoricalCrossentropy",
        Map.of("from_logits", true),
        CLASSES,
        R,
        2.0135419052637045,
        2.0752593266415684);
    check(
        Semantics.TF2,
        "SparseCategoricalCrossentropy",
        Map.of("from_logits", true),
        CLASSES,
        R,
        2.0135419368743896,
        2.0752594470977783);
  }

  /** {@code BinaryAccuracy()}. */
  @Test
  void binaryAccuracy() {
    check(
        Semantics.KERAS3,
        "BinaryAccuracy",
        Map.of(),
        BINARY,
        P,
        0.3333333333333333,
        0.24999999999999997);
    check(Semantics.TF2, "BinaryAccuracy", Map.of(), BINARY, P, 0.3333333432674408, 0.25);
  }

  /** {@code BinaryAccuracy(threshold=0.25)}. */
  @Test
  void binaryAccuracyWithThreshold() {
    check(
        Semantics.KERAS3,
        "BinaryAccuracy",
        Map.of("threshold", 0.25),
        BINARY,
        P,
        0.611111111111111,
        0.6388888888888888);
    check(
        Semantics.TF2,
        "BinaryAccuracy",
        Map.of("threshold", 0.25),
        BINARY,
        P,
        0.6111111044883728,
        0.6388888955116272);
  }

  /** {@code CategoricalAccuracy()}. */
  @Test
  void categoricalAccuracy() {
    check(Semantics.KERAS3, "CategoricalAccuracy", Map.of(), ONE_HOT, P, 0.6666666666666666, 0.75);
    check(Semantics.TF2, "CategoricalAccuracy", Map.of(), ONE_HOT, P, 0.6666666865348816, 0.75);
  }

  /** {@code SparseCategoricalAccuracy()}. */
  @Test
  void sparseCategoricalAccuracy() {
    check(
        Semantics.KERAS3,
        "SparseCategoricalAccuracy",
        Map.of(),
        CLASSES,
        P,
        0.6666666666666666,
        0.75);
    check(
        Semantics.TF2, "SparseCategoricalAccuracy", Map.of(), CLASSES, P, 0.6666666865348816, 0.75);
  }

  /** {@code TopKCategoricalAccuracy(k=1)}. */
  @Test
  void topKCategoricalAccuracyWithK() {
    check(
        Semantics.KERAS3,
        "TopKCategoricalAccuracy",
        Map.of("k", 1),
        ONE_HOT,
        P,
        0.6666666865348816,
        null);
    check(
        Semantics.TF2,
        "TopKCategoricalAccuracy",
        Map.of("k", 1),
        ONE_HOT,
        P,
        0.6666666865348816,
        null);
  }

  /** {@code TopKCategoricalAccuracy(k=2)}. */
  @Test
  void topKCategoricalAccuracyWithK2() {
    check(Semantics.KERAS3, "TopKCategoricalAccuracy", Map.of("k", 2), ONE_HOT, P, 1.0, null);
    check(Semantics.TF2, "TopKCategoricalAccuracy", Map.of("k", 2), ONE_HOT, P, 1.0, null);
  }

  /** {@code TopKCategoricalAccuracy()}. */
  @Test
  void topKCategoricalAccuracy() {
    check(Semantics.KERAS3, "TopKCategoricalAccuracy", Map.of(), ONE_HOT, P, 1.0, null);
    check(Semantics.TF2, "TopKCategoricalAccuracy", Map.of(), ONE_HOT, P, 1.0, null);
  }

  /** {@code SparseTopKCategoricalAccuracy(k=2)}. */
  @Test
  void sparseTopKCategoricalAccuracyWithK() {
    check(Semantics.KERAS3, "SparseTopKCategoricalAccuracy", Map.of("k", 2), CLASSES, P, 1.0, null);
    check(Semantics.TF2, "SparseTopKCategoricalAccuracy", Map.of("k", 2), CLASSES, P, 1.0, null);
  }

  /** {@code SparseTopKCategoricalAccuracy(k=2, from_sorted_ids=True)}. */
  @Test
  void sparseTopKCategoricalAccuracyWithKFromSortedIds() {
    check(
        Semantics.KERAS3,
        "SparseTopKCategoricalAccuracy",
        Map.of("k", 2, "from_sorted_ids", true),
        CLASSES,
        new double[][] {
          {1.0, 0.0, 2.0},
          {2.0, 1.0, 0.0},
          {0.0, 1.0, 2.0},
          {1.0, 2.0, 0.0},
          {0.0, 1.0, 2.0},
          {2.0, 0.0, 1.0}
        },
        0.6666666865348816,
        0.4166666567325592);
  }

  /** {@code TruePositives()}. */
  @Test
  void truePositives() {
    check(Semantics.KERAS3, "TruePositives", Map.of(), YES_OR_NO, ONE, 2.0, 1.5);
    check(Semantics.TF2, "TruePositives", Map.of(), YES_OR_NO, ONE, 2.0, 1.5);
  }

  /** {@code TruePositives(thresholds=0.45)}. */
  @Test
  void truePositivesWithThresholds() {
    check(Semantics.KERAS3, "TruePositives", Map.of("thresholds", 0.45), YES_OR_NO, ONE, 2.0, 1.5);
    check(Semantics.TF2, "TruePositives", Map.of("thresholds", 0.45), YES_OR_NO, ONE, 2.0, 1.5);
  }

  /** {@code TruePositives(thresholds=[0.3])}. */
  @Test
  void truePositivesWithThresholds2() {
    check(
        Semantics.KERAS3, "TruePositives", Map.of("thresholds", List.of(0.3)), BINARY, P, 3.0, 3.0);
    check(Semantics.TF2, "TruePositives", Map.of("thresholds", List.of(0.3)), BINARY, P, 3.0, 3.0);
  }

  /** {@code TrueNegatives()}. */
  @Test
  void trueNegatives() {
    check(Semantics.KERAS3, "TrueNegatives", Map.of(), YES_OR_NO, ONE, 2.0, 1.5);
    check(Semantics.TF2, "TrueNegatives", Map.of(), YES_OR_NO, ONE, 2.0, 1.5);
  }

  /** {@code TrueNegatives(thresholds=0.45)}. */
  @Test
  void trueNegativesWithThresholds() {
    check(Semantics.KERAS3, "TrueNegatives", Map.of("thresholds", 0.45), YES_OR_NO, ONE, 1.0, 1.0);
    check(Semantics.TF2, "TrueNegatives", Map.of("thresholds", 0.45), YES_OR_NO, ONE, 1.0, 1.0);
  }

  /** {@code TrueNegatives(thresholds=[0.3])}. */
  @Test
  void trueNegativesWithThresholds2() {
    check(
        Semantics.KERAS3, "TrueNegatives", Map.of("thresholds", List.of(0.3)), BINARY, P, 5.0, 3.5);
    check(Semantics.TF2, "TrueNegatives", Map.of("thresholds", List.of(0.3)), BINARY, P, 5.0, 3.5);
  }

  /** {@code FalsePositives()}. */
  @Test
  void falsePositives() {
    check(Semantics.KERAS3, "FalsePositives", Map.of(), YES_OR_NO, ONE, 0.0, 0.0);
    check(Semantics.TF2, "FalsePositives", Map.of(), YES_OR_NO, ONE, 0.0, 0.0);
  }

  /** {@code FalsePositives(thresholds=0.45)}. */
  @Test
  void falsePositivesWithThresholds() {
    check(Semantics.KERAS3, "FalsePositives", Map.of("thresholds", 0.45), YES_OR_NO, ONE, 1.0, 0.5);
    check(Semantics.TF2, "FalsePositives", Map.of("thresholds", 0.45), YES_OR_NO, ONE, 1.0, 0.5);
  }

  /** {@code FalsePositives(thresholds=[0.3])}. */
  @Test
  void falsePositivesWithThresholds2() {
    check(
        Semantics.KERAS3,
        "FalsePositives",
        Map.of("thresholds", List.of(0.3)),
        BINARY,
        P,
        4.0,
        4.0);
    check(Semantics.TF2, "FalsePositives", Map.of("thresholds", List.of(0.3)), BINARY, P, 4.0, 4.0);
  }

  /** {@code FalseNegatives()}. */
  @Test
  void falseNegatives() {
    check(Semantics.KERAS3, "FalseNegatives", Map.of(), YES_OR_NO, ONE, 2.0, 3.0);
    check(Semantics.TF2, "FalseNegatives", Map.of(), YES_OR_NO, ONE, 2.0, 3.0);
  }

  /** {@code FalseNegatives(thresholds=0.45)}. */
  @Test
  void falseNegativesWithThresholds() {
    check(Semantics.KERAS3, "FalseNegatives", Map.of("thresholds", 0.45), YES_OR_NO, ONE, 2.0, 3.0);
    check(Semantics.TF2, "FalseNegatives", Map.of("thresholds", 0.45), YES_OR_NO, ONE, 2.0, 3.0);
  }

  /** {@code FalseNegatives(thresholds=[0.3])}. */
  @Test
  void falseNegativesWithThresholds2() {
    check(
        Semantics.KERAS3,
        "FalseNegatives",
        Map.of("thresholds", List.of(0.3)),
        BINARY,
        P,
        6.0,
        7.5);
    check(Semantics.TF2, "FalseNegatives", Map.of("thresholds", List.of(0.3)), BINARY, P, 6.0, 7.5);
  }

  /** {@code Precision()}. */
  @Test
  void precision() {
    check(Semantics.KERAS3, "Precision", Map.of(), BINARY, P, 0.0, 0.0);
    check(Semantics.TF2, "Precision", Map.of(), BINARY, P, 0.0, 0.0);
  }

  /** {@code Precision(thresholds=0.3)}. */
  @Test
  void precisionWithThresholds() {
    check(
        Semantics.KERAS3,
        "Precision",
        Map.of("thresholds", 0.3),
        BINARY,
        P,
        0.42857142857142855,
        0.42857142857142855);
    check(
        Semantics.TF2,
        "Precision",
        Map.of("thresholds", 0.3),
        BINARY,
        P,
        0.4285714328289032,
        0.4285714328289032);
  }

  /** {@code Precision(top_k=2)}. */
  @Test
  void precisionWithTopK() {
    check(
        Semantics.KERAS3,
        "Precision",
        Map.of("top_k", 2),
        BINARY,
        P,
        0.5833333333333334,
        0.6666666666666666);
    check(
        Semantics.TF2,
        "Precision",
        Map.of("top_k", 2),
        BINARY,
        P,
        0.5833333134651184,
        0.6666666865348816);
  }

  /** {@code Precision(class_id=1)}. */
  @Test
  void precisionWithClassId() {
    check(Semantics.KERAS3, "Precision", Map.of("class_id", 1), BINARY, P, 0.0, 0.0);
    check(Semantics.TF2, "Precision", Map.of("class_id", 1), BINARY, P, 0.0, 0.0);
  }

  /** {@code Precision(top_k=1, class_id=2, thresholds=0.45)}. */
  @Test
  void precisionWithTopKClassIdThresholds() {
    check(
        Semantics.KERAS3,
        "Precision",
        Map.of("top_k", 1, "class_id", 2, "thresholds", 0.45),
        BINARY,
        P,
        1.0,
        1.0);
    check(
        Semantics.TF2,
        "Precision",
        Map.of("top_k", 1, "class_id", 2, "thresholds", 0.45),
        BINARY,
        P,
        1.0,
        1.0);
  }

  /** {@code Recall()}. */
  @Test
  void recall() {
    check(Semantics.KERAS3, "Recall", Map.of(), BINARY, P, 0.0, 0.0);
    check(Semantics.TF2, "Recall", Map.of(), BINARY, P, 0.0, 0.0);
  }

  /** {@code Recall(thresholds=0.3)}. */
  @Test
  void recallWithThresholds() {
    check(
        Semantics.KERAS3,
        "Recall",
        Map.of("thresholds", 0.3),
        BINARY,
        P,
        0.3333333333333333,
        0.2857142857142857);
    check(
        Semantics.TF2,
        "Recall",
        Map.of("thresholds", 0.3),
        BINARY,
        P,
        0.3333333432674408,
        0.2857142984867096);
  }

  /** {@code Recall(top_k=2)}. */
  @Test
  void recallWithTopK() {
    check(
        Semantics.KERAS3,
        "Recall",
        Map.of("top_k", 2),
        BINARY,
        P,
        0.7777777777777778,
        0.7619047619047619);
    check(
        Semantics.TF2,
        "Recall",
        Map.of("top_k", 2),
        BINARY,
        P,
        0.7777777910232544,
        0.761904776096344);
  }

  /** {@code Recall(class_id=1)}. */
  @Test
  void recallWithClassId() {
    check(Semantics.KERAS3, "Recall", Map.of("class_id", 1), BINARY, P, 0.0, 0.0);
    check(Semantics.TF2, "Recall", Map.of("class_id", 1), BINARY, P, 0.0, 0.0);
  }

  /** {@code Recall(top_k=1, class_id=2, thresholds=0.45)}. */
  @Test
  void recallWithTopKClassIdThresholds() {
    check(
        Semantics.KERAS3,
        "Recall",
        Map.of("top_k", 1, "class_id", 2, "thresholds", 0.45),
        BINARY,
        P,
        0.3333333333333333,
        0.16666666666666666);
    check(
        Semantics.TF2,
        "Recall",
        Map.of("top_k", 1, "class_id", 2, "thresholds", 0.45),
        BINARY,
        P,
        0.3333333432674408,
        0.1666666716337204);
  }

  /** {@code AUC(curve='ROC', summation_method='interpolation', num_thresholds=9)}. */
  @Test
  void aucWithCurveSummationMethodNumThresholds() {
    check(
        Semantics.KERAS3,
        "AUC",
        Map.of("curve", "ROC", "summation_method", "interpolation", "num_thresholds", 9),
        YES_OR_NO,
        ONE,
        0.75,
        0.7777777777777779);
    check(
        Semantics.TF2,
        "AUC",
        Map.of("curve", "ROC", "summation_method", "interpolation", "num_thresholds", 9),
        YES_OR_NO,
        ONE,
        0.75,
        0.7777777314186096);
  }

  /** {@code AUC(curve='ROC', summation_method='minoring', num_thresholds=9)}. */
  @Test
  void aucWithCurveSummationMethodNumThresholds2() {
    check(
        Semantics.KERAS3,
        "AUC",
        Map.of("curve", "ROC", "summation_method", "minoring", "num_thresholds", 9),
        YES_OR_NO,
        ONE,
        0.625,
        0.6296296296296298);
    check(
        Semantics.TF2,
        "AUC",
        Map.of("curve", "ROC", "summation_method", "minoring", "num_thresholds", 9),
        YES_OR_NO,
        ONE,
        0.625,
        0.6296296119689941);
  }

  /** {@code AUC(curve='ROC', summation_method='majoring', num_thresholds=9)}. */
  @Test
  void aucWithCurveSummationMethodNumThresholds3() {
    check(
        Semantics.KERAS3,
        "AUC",
        Map.of("curve", "ROC", "summation_method", "majoring", "num_thresholds", 9),
        YES_OR_NO,
        ONE,
        0.875,
        0.925925925925926);
    check(
        Semantics.TF2,
        "AUC",
        Map.of("curve", "ROC", "summation_method", "majoring", "num_thresholds", 9),
        YES_OR_NO,
        ONE,
        0.875,
        0.9259259104728699);
  }

  /** {@code AUC(curve='PR', summation_method='interpolation', num_thresholds=9)}. */
  @Test
  void aucWithCurveSummationMethodNumThresholds4() {
    check(
        Semantics.KERAS3,
        "AUC",
        Map.of("curve", "PR", "summation_method", "interpolation", "num_thresholds", 9),
        YES_OR_NO,
        ONE,
        0.8873265360835138,
        0.9198884115119861);
    check(
        Semantics.TF2,
        "AUC",
        Map.of("curve", "PR", "summation_method", "interpolation", "num_thresholds", 9),
        YES_OR_NO,
        ONE,
        0.8873265385627747,
        0.919888436794281);
  }

  /** {@code AUC(curve='PR', summation_method='minoring', num_thresholds=9)}. */
  @Test
  void aucWithCurveSummationMethodNumThresholds5() {
    check(
        Semantics.KERAS3,
        "AUC",
        Map.of("curve", "PR", "summation_method", "minoring", "num_thresholds", 9),
        YES_OR_NO,
        ONE,
        0.6041666666666666,
        0.5555555555555556);
    check(
        Semantics.TF2,
        "AUC",
        Map.of("curve", "PR", "summation_method", "minoring", "num_thresholds", 9),
        YES_OR_NO,
        ONE,
        0.6041666865348816,
        0.5555555820465088);
  }

  /** {@code AUC(curve='PR', summation_method='majoring', num_thresholds=9)}. */
  @Test
  void aucWithCurveSummationMethodNumThresholds6() {
    check(
        Semantics.KERAS3,
        "AUC",
        Map.of("curve", "PR", "summation_method", "majoring", "num_thresholds", 9),
        YES_OR_NO,
        ONE,
        0.9375,
        0.9722222222222222);
    check(
        Semantics.TF2,
        "AUC",
        Map.of("curve", "PR", "summation_method", "majoring", "num_thresholds", 9),
        YES_OR_NO,
        ONE,
        0.9375,
        0.9722222089767456);
  }

  /** {@code AUC(curve='PRGAIN', summation_method='interpolation', num_thresholds=9)}. */
  @Test
  void aucWithCurveSummationMethodNumThresholds7() {
    check(
        Semantics.KERAS3,
        "AUC",
        Map.of("curve", "PRGAIN", "summation_method", "interpolation", "num_thresholds", 9),
        YES_OR_NO,
        ONE,
        0.33333333333333337,
        0.35714285714285715);
  }

  /** {@code AUC(curve='PRGAIN', summation_method='minoring', num_thresholds=9)}. */
  @Test
  void aucWithCurveSummationMethodNumThresholds8() {
    check(
        Semantics.KERAS3,
        "AUC",
        Map.of("curve", "PRGAIN", "summation_method", "minoring", "num_thresholds", 9),
        YES_OR_NO,
        ONE,
        0.11111111111111113,
        0.08163265306122451);
  }

  /** {@code AUC(curve='PRGAIN', summation_method='majoring', num_thresholds=9)}. */
  @Test
  void aucWithCurveSummationMethodNumThresholds9() {
    check(
        Semantics.KERAS3,
        "AUC",
        Map.of("curve", "PRGAIN", "summation_method", "majoring", "num_thresholds", 9),
        YES_OR_NO,
        ONE,
        0.5555555555555556,
        0.6326530612244898);
  }

  /** {@code AUC()}. */
  @Test
  void auc() {
    check(Semantics.KERAS3, "AUC", Map.of(), BINARY, P, 0.5555555555555556, 0.4714285714285714);
    check(Semantics.TF2, "AUC", Map.of(), BINARY, P, 0.5555555820465088, 0.4714285433292389);
  }

  /** {@code AUC(multi_label=True)}. */
  @Test
  void aucWithMultiLabel() {
    check(
        Semantics.KERAS3,
        "AUC",
        Map.of("multi_label", true),
        BINARY,
        P,
        0.6111111111111112,
        0.6018518518518519);
    check(
        Semantics.TF2,
        "AUC",
        Map.of("multi_label", true),
        BINARY,
        P,
        0.6111111044883728,
        0.6018518805503845);
  }

  /** {@code AUC(multi_label=True, label_weights=[0.5, 1.0, 2.0], num_labels=3, curve='PR')}. */
  @Test
  void aucWithMultiLabelLabelWeightsNumLabelsCurve() {
    check(
        Semantics.KERAS3,
        "AUC",
        Map.of(
            "multi_label",
            true,
            "label_weights",
            List.of(0.5, 1.0, 2.0),
            "num_labels",
            3,
            "curve",
            "PR"),
        BINARY,
        P,
        0.6829863720415663,
        0.7728511768448811);
    check(
        Semantics.TF2,
        "AUC",
        Map.of(
            "multi_label",
            true,
            "label_weights",
            List.of(0.5, 1.0, 2.0),
            "num_labels",
            3,
            "curve",
            "PR"),
        BINARY,
        P,
        0.6829863786697388,
        0.7728511691093445);
  }

  /** {@code AUC(label_weights=[0.5, 1.0, 2.0])}. */
  @Test
  void aucWithLabelWeights() {
    check(
        Semantics.KERAS3,
        "AUC",
        Map.of("label_weights", List.of(0.5, 1.0, 2.0)),
        BINARY,
        P,
        0.6712018140589568,
        0.6591435185185186);
    check(
        Semantics.TF2,
        "AUC",
        Map.of("label_weights", List.of(0.5, 1.0, 2.0)),
        BINARY,
        P,
        0.6712018251419067,
        0.6591434478759766);
  }

  /** {@code AUC(thresholds=[0.25, 0.5, 0.75])}. */
  @Test
  void aucWithThresholds() {
    check(
        Semantics.KERAS3,
        "AUC",
        Map.of("thresholds", List.of(0.25, 0.5, 0.75)),
        BINARY,
        P,
        0.5,
        0.4619047619047619);
    check(
        Semantics.TF2,
        "AUC",
        Map.of("thresholds", List.of(0.25, 0.5, 0.75)),
        BINARY,
        P,
        0.5000000596046448,
        0.46190473437309265);
  }

  /** {@code AUC(thresholds=[0.3, 0.2, 0.6])}. */
  @Test
  void aucWithThresholds2() {
    check(
        Semantics.KERAS3,
        "AUC",
        Map.of("thresholds", List.of(0.3, 0.2, 0.6)),
        BINARY,
        P,
        0.5246913580246914,
        0.47777777777777775);
    check(
        Semantics.TF2,
        "AUC",
        Map.of("thresholds", List.of(0.3, 0.2, 0.6)),
        BINARY,
        P,
        0.5246913433074951,
        0.47777774930000305);
  }

  /** {@code AUC(num_thresholds=2)}. */
  @Test
  void aucWithNumThresholds() {
    check(Semantics.KERAS3, "AUC", Map.of("num_thresholds", 2), BINARY, P, 0.5, 0.5);
    check(Semantics.TF2, "AUC", Map.of("num_thresholds", 2), BINARY, P, 0.5, 0.5);
  }

  /** {@code AUC(from_logits=True)}. */
  @Test
  void aucWithFromLogits() {
    check(
        Semantics.KERAS3,
        "AUC",
        Map.of("from_logits", true),
        BINARY,
        R,
        0.46913580246913583,
        0.44126984126984126);
    check(
        Semantics.TF2,
        "AUC",
        Map.of("from_logits", true),
        BINARY,
        R,
        0.4691358208656311,
        0.4412698447704315);
  }

  /** {@code SensitivityAtSpecificity(specificity=0.6)}. */
  @Test
  void sensitivityAtSpecificityWithSpecificity() {
    check(
        Semantics.KERAS3,
        "SensitivityAtSpecificity",
        Map.of("specificity", 0.6),
        YES_OR_NO,
        ONE,
        0.5,
        0.7777777777777778);
    check(
        Semantics.TF2,
        "SensitivityAtSpecificity",
        Map.of("specificity", 0.6),
        YES_OR_NO,
        ONE,
        0.5,
        0.7777777910232544);
  }

  /** {@code SensitivityAtSpecificity(specificity=0.4, num_thresholds=5)}. */
  @Test
  void sensitivityAtSpecificityWithSpecificityNumThresholds() {
    check(
        Semantics.KERAS3,
        "SensitivityAtSpecificity",
        Map.of("specificity", 0.4, "num_thresholds", 5),
        YES_OR_NO,
        ONE,
        0.75,
        0.7777777777777778);
    check(
        Semantics.TF2,
        "SensitivityAtSpecificity",
        Map.of("specificity", 0.4, "num_thresholds", 5),
        YES_OR_NO,
        ONE,
        0.75,
        0.7777777910232544);
  }

  /** {@code SensitivityAtSpecificity(specificity=0.1, num_thresholds=1)}. */
  @Test
  void sensitivityAtSpecificityWithSpecificityNumThresholds2() {
    check(
        Semantics.KERAS3,
        "SensitivityAtSpecificity",
        Map.of("specificity", 0.1, "num_thresholds", 1),
        YES_OR_NO,
        ONE,
        0.5,
        0.3333333333333333);
    check(
        Semantics.TF2,
        "SensitivityAtSpecificity",
        Map.of("specificity", 0.1, "num_thresholds", 1),
        YES_OR_NO,
        ONE,
        0.5,
        0.3333333432674408);
  }

  /** {@code SensitivityAtSpecificity(specificity=0.5, class_id=2)}. */
  @Test
  void sensitivityAtSpecificityWithSpecificityClassId() {
    check(
        Semantics.KERAS3,
        "SensitivityAtSpecificity",
        Map.of("specificity", 0.5, "class_id", 2),
        BINARY,
        P,
        1.0,
        1.0);
    check(
        Semantics.TF2,
        "SensitivityAtSpecificity",
        Map.of("specificity", 0.5, "class_id", 2),
        BINARY,
        P,
        1.0,
        1.0);
  }

  /** {@code SpecificityAtSensitivity(sensitivity=0.6)}. */
  @Test
  void specificityAtSensitivityWithSensitivity() {
    check(
        Semantics.KERAS3,
        "SpecificityAtSensitivity",
        Map.of("sensitivity", 0.6),
        YES_OR_NO,
        ONE,
        0.5,
        0.6666666666666666);
    check(
        Semantics.TF2,
        "SpecificityAtSensitivity",
        Map.of("sensitivity", 0.6),
        YES_OR_NO,
        ONE,
        0.5,
        0.6666666865348816);
  }

  /** {@code SpecificityAtSensitivity(sensitivity=0.4, num_thresholds=5)}. */
  @Test
  void specificityAtSensitivityWithSensitivityNumThresholds() {
    check(
        Semantics.KERAS3,
        "SpecificityAtSensitivity",
        Map.of("sensitivity", 0.4, "num_thresholds", 5),
        YES_OR_NO,
        ONE,
        1.0,
        0.6666666666666666);
    check(
        Semantics.TF2,
        "SpecificityAtSensitivity",
        Map.of("sensitivity", 0.4, "num_thresholds", 5),
        YES_OR_NO,
        ONE,
        1.0,
        0.6666666865348816);
  }

  /** {@code SpecificityAtSensitivity(sensitivity=0.1, num_thresholds=1)}. */
  @Test
  void specificityAtSensitivityWithSensitivityNumThresholds2() {
    check(
        Semantics.KERAS3,
        "SpecificityAtSensitivity",
        Map.of("sensitivity", 0.1, "num_thresholds", 1),
        YES_OR_NO,
        ONE,
        1.0,
        1.0);
    check(
        Semantics.TF2,
        "SpecificityAtSensitivity",
        Map.of("sensitivity", 0.1, "num_thresholds", 1),
        YES_OR_NO,
        ONE,
        1.0,
        1.0);
  }

  /** {@code SpecificityAtSensitivity(sensitivity=0.5, class_id=2)}. */
  @Test
  void specificityAtSensitivityWithSensitivityClassId() {
    check(
        Semantics.KERAS3,
        "SpecificityAtSensitivity",
        Map.of("sensitivity", 0.5, "class_id", 2),
        BINARY,
        P,
        0.6666666666666666,
        0.6666666666666666);
    check(
        Semantics.TF2,
        "SpecificityAtSensitivity",
        Map.of("sensitivity", 0.5, "class_id", 2),
        BINARY,
        P,
        0.6666666865348816,
        0.6666666865348816);
  }

  /** {@code PrecisionAtRecall(recall=0.6)}. */
  @Test
  void precisionAtRecallWithRecall() {
    check(
        Semantics.KERAS3, "PrecisionAtRecall", Map.of("recall", 0.6), YES_OR_NO, ONE, 0.75, 0.875);
    check(Semantics.TF2, "PrecisionAtRecall", Map.of("recall", 0.6), YES_OR_NO, ONE, 0.75, 0.875);
  }

  /** {@code PrecisionAtRecall(recall=0.4, num_thresholds=5)}. */
  @Test
  void precisionAtRecallWithRecallNumThresholds() {
    check(
        Semantics.KERAS3,
        "PrecisionAtRecall",
        Map.of("recall", 0.4, "num_thresholds", 5),
        YES_OR_NO,
        ONE,
        1.0,
        0.875);
    check(
        Semantics.TF2,
        "PrecisionAtRecall",
        Map.of("recall", 0.4, "num_thresholds", 5),
        YES_OR_NO,
        ONE,
        1.0,
        0.875);
  }

  /** {@code PrecisionAtRecall(recall=0.1, num_thresholds=1)}. */
  @Test
  void precisionAtRecallWithRecallNumThresholds2() {
    check(
        Semantics.KERAS3,
        "PrecisionAtRecall",
        Map.of("recall", 0.1, "num_thresholds", 1),
        YES_OR_NO,
        ONE,
        1.0,
        1.0);
    check(
        Semantics.TF2,
        "PrecisionAtRecall",
        Map.of("recall", 0.1, "num_thresholds", 1),
        YES_OR_NO,
        ONE,
        1.0,
        1.0);
  }

  /** {@code PrecisionAtRecall(recall=0.5, class_id=2)}. */
  @Test
  void precisionAtRecallWithRecallClassId() {
    check(
        Semantics.KERAS3,
        "PrecisionAtRecall",
        Map.of("recall", 0.5, "class_id", 2),
        BINARY,
        P,
        0.75,
        0.75);
    check(
        Semantics.TF2,
        "PrecisionAtRecall",
        Map.of("recall", 0.5, "class_id", 2),
        BINARY,
        P,
        0.75,
        0.75);
  }

  /** {@code RecallAtPrecision(precision=0.6)}. */
  @Test
  void recallAtPrecisionWithPrecision() {
    check(
        Semantics.KERAS3,
        "RecallAtPrecision",
        Map.of("precision", 0.6),
        YES_OR_NO,
        ONE,
        0.75,
        0.7777777777777778);
    check(
        Semantics.TF2,
        "RecallAtPrecision",
        Map.of("precision", 0.6),
        YES_OR_NO,
        ONE,
        0.75,
        0.7777777910232544);
  }

  /** {@code RecallAtPrecision(precision=0.4, num_thresholds=5)}. */
  @Test
  void recallAtPrecisionWithPrecisionNumThresholds() {
    check(
        Semantics.KERAS3,
        "RecallAtPrecision",
        Map.of("precision", 0.4, "num_thresholds", 5),
        YES_OR_NO,
        ONE,
        0.75,
        0.7777777777777778);
    check(
        Semantics.TF2,
        "RecallAtPrecision",
        Map.of("precision", 0.4, "num_thresholds", 5),
        YES_OR_NO,
        ONE,
        0.75,
        0.7777777910232544);
  }

  /** {@code RecallAtPrecision(precision=0.1, num_thresholds=1)}. */
  @Test
  void recallAtPrecisionWithPrecisionNumThresholds2() {
    check(
        Semantics.KERAS3,
        "RecallAtPrecision",
        Map.of("precision", 0.1, "num_thresholds", 1),
        YES_OR_NO,
        ONE,
        0.5,
        0.3333333333333333);
    check(
        Semantics.TF2,
        "RecallAtPrecision",
        Map.of("precision", 0.1, "num_thresholds", 1),
        YES_OR_NO,
        ONE,
        0.5,
        0.3333333432674408);
  }

  /** {@code RecallAtPrecision(precision=0.5, class_id=2)}. */
  @Test
  void recallAtPrecisionWithPrecisionClassId() {
    check(
        Semantics.KERAS3,
        "RecallAtPrecision",
        Map.of("precision", 0.5, "class_id", 2),
        BINARY,
        P,
        1.0,
        1.0);
    check(
        Semantics.TF2,
        "RecallAtPrecision",
        Map.of("precision", 0.5, "class_id", 2),
        BINARY,
        P,
        1.0,
        1.0);
  }

  /** {@code F1Score(average='macro')}. */
  @Test
  void f1ScoreWithAverage() {
    check(
        Semantics.KERAS3,
        "F1Score",
        Map.of("average", "macro"),
        ONE_HOT,
        P,
        0.6555554742592645,
        null);
    check(
        Semantics.TF2, "F1Score", Map.of("average", "macro"), ONE_HOT, P, 0.6555555462837219, null);
  }

  /** {@code F1Score(average='micro')}. */
  @Test
  void f1ScoreWithAverage2() {
    check(
        Semantics.KERAS3,
        "F1Score",
        Map.of("average", "micro"),
        ONE_HOT,
        P,
        0.6666666055555593,
        null);
    check(
        Semantics.TF2, "F1Score", Map.of("average", "micro"), ONE_HOT, P, 0.6666666865348816, null);
  }

  /** {@code F1Score(average='weighted', threshold=0.3)}. */
  @Test
  void f1ScoreWithAverageThreshold() {
    check(
        Semantics.KERAS3,
        "F1Score",
        Map.of("average", "weighted", "threshold", 0.3),
        ONE_HOT,
        P,
        0.644444357555562,
        null);
    check(
        Semantics.TF2,
        "F1Score",
        Map.of("average", "weighted", "threshold", 0.3),
        ONE_HOT,
        P,
        0.644444465637207,
        null);
  }

  /** {@code FBetaScore(average='macro', beta=2.0, threshold=0.25)}. */
  @Test
  void fBetaScoreWithAverageBetaThreshold() {
    check(
        Semantics.KERAS3,
        "FBetaScore",
        Map.of("average", "macro", "beta", 2.0, "threshold", 0.25),
        BINARY,
        P,
        0.6458332913107654,
        null);
    check(
        Semantics.TF2,
        "FBetaScore",
        Map.of("average", "macro", "beta", 2.0, "threshold", 0.25),
        BINARY,
        P,
        0.6458333134651184,
        null);
  }

  /** {@code F1Score(average='macro')}. */
  @Test
  void f1ScoreWithAverage3() {
    check(
        Semantics.KERAS3,
        "F1Score",
        Map.of("average", "macro"),
        ONE_HOT,
        P,
        0.6555554742592645,
        0.7555554652181126);
  }

  /** {@code IoU(num_classes=3, target_class_ids=[0, 2], sparse_y_pred=False)}. */
  @Test
  void iouWithNumClassesTargetClassIdsSparseYPred() {
    check(
        Semantics.KERAS3,
        "IoU",
        Map.of("num_classes", 3, "target_class_ids", List.of(0, 2), "sparse_y_pred", false),
        CLASSES,
        P,
        0.4166666865348816,
        0.5833333730697632);
    check(
        Semantics.TF2,
        "IoU",
        Map.of("num_classes", 3, "target_class_ids", List.of(0, 2), "sparse_y_pred", false),
        CLASSES,
        P,
        0.4166666865348816,
        0.5833333730697632);
  }

  /** {@code IoU(num_classes=3, target_class_ids=[1])}. */
  @Test
  void iouWithNumClassesTargetClassIds() {
    check(
        Semantics.KERAS3,
        "IoU",
        Map.of("num_classes", 3, "target_class_ids", List.of(1)),
        CLASSES,
        NUMBERS,
        0.6666666269302368,
        0.9999997615814209);
    check(
        Semantics.TF2,
        "IoU",
        Map.of("num_classes", 3, "target_class_ids", List.of(1)),
        CLASSES,
        NUMBERS,
        0.6666666865348816,
        0.6666666865348816);
  }

  /** {@code MeanIoU(num_classes=4)}. */
  @Test
  void meanIoUWithNumClasses() {
    check(
        Semantics.KERAS3,
        "MeanIoU",
        Map.of("num_classes", 4),
        CLASSES,
        NUMBERS,
        0.5000000596046448,
        0.7222221493721008);
    check(
        Semantics.TF2,
        "MeanIoU",
        Map.of("num_classes", 4),
        CLASSES,
        NUMBERS,
        0.5000000596046448,
        0.6111111044883728);
  }

  /** {@code MeanIoU(num_classes=3, ignore_class=0)}. */
  @Test
  void meanIoUWithNumClassesIgnoreClass() {
    check(
        Semantics.KERAS3,
        "MeanIoU",
        Map.of("num_classes", 3, "ignore_class", 0),
        CLASSES,
        NUMBERS,
        0.3333333432674408,
        0.4999999701976776);
    check(
        Semantics.TF2,
        "MeanIoU",
        Map.of("num_classes", 3, "ignore_class", 0),
        CLASSES,
        NUMBERS,
        0.3333333432674408,
        0.3888889253139496);
  }

  /** {@code MeanIoU(num_classes=3, sparse_y_true=False, sparse_y_pred=False)}. */
  @Test
  void meanIoUWithNumClassesSparseYTrueSparseYPred() {
    check(
        Semantics.KERAS3,
        "MeanIoU",
        Map.of("num_classes", 3, "sparse_y_true", false, "sparse_y_pred", false),
        ONE_HOT,
        P,
        0.5000000596046448,
        0.7222221493721008);
    check(
        Semantics.TF2,
        "MeanIoU",
        Map.of("num_classes", 3, "sparse_y_true", false, "sparse_y_pred", false),
        ONE_HOT,
        P,
        0.5000000596046448,
        0.6111111044883728);
  }

  /** {@code OneHotIoU(num_classes=3, target_class_ids=[0, 1])}. */
  @Test
  void oneHotIoUWithNumClassesTargetClassIds() {
    check(
        Semantics.KERAS3,
        "OneHotIoU",
        Map.of("num_classes", 3, "target_class_ids", List.of(0, 1)),
        ONE_HOT,
        P,
        0.5833333730697632,
        0.8333332538604736);
    check(
        Semantics.TF2,
        "OneHotIoU",
        Map.of("num_classes", 3, "target_class_ids", List.of(0, 1)),
        ONE_HOT,
        P,
        0.5833333730697632,
        0.6666666865348816);
  }

  /** {@code OneHotIoU(num_classes=3, target_class_ids=[0, 1], sparse_y_pred=True)}. */
  @Test
  void oneHotIoUWithNumClassesTargetClassIdsSparseYPred() {
    check(
        Semantics.KERAS3,
        "OneHotIoU",
        Map.of("num_classes", 3, "target_class_ids", List.of(0, 1), "sparse_y_pred", true),
        ONE_HOT,
        NUMBERS,
        0.5833333730697632,
        0.8333332538604736);
    check(
        Semantics.TF2,
        "OneHotIoU",
        Map.of("num_classes", 3, "target_class_ids", List.of(0, 1), "sparse_y_pred", true),
        ONE_HOT,
        NUMBERS,
        0.5833333730697632,
        0.6666666865348816);
  }

  /** {@code OneHotMeanIoU(num_classes=3)}. */
  @Test
  void oneHotMeanIoUWithNumClasses() {
    check(
        Semantics.KERAS3,
        "OneHotMeanIoU",
        Map.of("num_classes", 3),
        ONE_HOT,
        P,
        0.5000000596046448,
        0.7222221493721008);
    check(
        Semantics.TF2,
        "OneHotMeanIoU",
        Map.of("num_classes", 3),
        ONE_HOT,
        P,
        0.5000000596046448,
        0.6111111044883728);
  }

  /** {@code BinaryIoU()}. */
  @Test
  void binaryIoU() {
    check(Semantics.KERAS3, "BinaryIoU", Map.of(), YES_OR_NO, ONE, 0.32499998807907104, 0.25);
    check(
        Semantics.TF2,
        "BinaryIoU",
        Map.of(),
        YES_OR_NO,
        ONE,
        0.32499998807907104,
        0.2611111104488373);
  }

  /** {@code BinaryIoU(target_class_ids=[1], threshold=0.45)}. */
  @Test
  void binaryIoUWithTargetClassIdsThreshold() {
    check(
        Semantics.KERAS3,
        "BinaryIoU",
        Map.of("target_class_ids", List.of(1), "threshold", 0.45),
        YES_OR_NO,
        ONE,
        0.5999999642372131,
        0.7499999403953552);
    check(
        Semantics.TF2,
        "BinaryIoU",
        Map.of("target_class_ids", List.of(1), "threshold", 0.45),
        YES_OR_NO,
        ONE,
        0.6000000238418579,
        0.699999988079071);
  }

  /** {@code BinaryIoU(threshold=0.3)}. */
  @Test
  void binaryIoUWithThreshold() {
    check(
        Semantics.KERAS3,
        "BinaryIoU",
        Map.of("threshold", 0.3),
        BINARY,
        P,
        0.43910256028175354,
        null);
    check(
        Semantics.TF2, "BinaryIoU", Map.of("threshold", 0.3), BINARY, P, 0.43910256028175354, null);
  }

  /** {@code PearsonCorrelation()}. */
  @Test
  void pearsonCorrelation() {
    check(
        Semantics.KERAS3,
        "PearsonCorrelation",
        Map.of(),
        T,
        R,
        0.23266789705279725,
        0.28379282990787297);
  }

  /** {@code ConcordanceCorrelation()}. */
  @Test
  void concordanceCorrelation() {
    check(
        Semantics.KERAS3,
        "ConcordanceCorrelation",
        Map.of(),
        T,
        R,
        0.21432350360009964,
        0.2576899462727649);
  }

  private final Registry registry = Registry.load(KerasMetricsTest.class.getClassLoader());

  private void check(
      Semantics semantics,
      String id,
      Map<String, ?> config,
      double[][] targets,
      double[][] outputs,
      double expected,
      @Nullable Double weighted) {
    // Keras looks for the largest in single precision alone.
    boolean single = semantics != Semantics.KERAS3 || id.contains("TopK");
    Precision precision = single ? Precision.FLOAT32 : Precision.FLOAT64;
    Metric metric =
        registry
            .create(Metric.class, id, config, semantics)
            .resolve(
                Shape.of(targets[0].length), Shape.of(outputs[0].length), new MeanSquaredError());
    double tolerance = precision == Precision.FLOAT64 ? 1e-12 : 2e-6;
    String what = id + " " + config + " in " + semantics;
    assertEquals(
        expected,
        gathered(metric, precision, targets, outputs, false),
        tolerance * Math.max(1, Math.abs(expected)),
        what);
    if (weighted != null) {
      assertEquals(
          weighted,
          gathered(metric, precision, targets, outputs, true),
          tolerance * Math.max(1, Math.abs(weighted)),
          what + ", weighted");
    }
  }

  /** The figure, gathered in two states of which one is put away as numbers and taken back. */
  private static double gathered(
      Metric metric,
      Precision precision,
      double[][] targets,
      double[][] outputs,
      boolean weighted) {
    double[] sums = new double[metric.sums()];
    for (int i = 0; i < targets.length; i++) {
      metric.gather(row(precision, targets[i]), row(precision, outputs[i]), sums);
    }
    Metric given = metric.given(sums);
    Metric.State one = given.start();
    Metric.State other = given.start();
    for (int i = 0; i < targets.length; i++) {
      Metric.State state = i < 2 ? one : other;
      Vec target = row(precision, targets[i]);
      if (weighted) {
        state.add(target, row(precision, outputs[i]), WEIGHTS[i]);
      } else {
        state.add(target, row(precision, outputs[i]));
      }
    }
    Metric.State restored = given.start();
    restored.restore(one.snapshot());
    restored.add(other);
    return restored.result();
  }

  private static Vec row(Precision precision, double[] values) {
    Vec row = Vec.zeros(precision, values.length);
    for (int k = 0; k < values.length; k++) {
      row.set(k, values[k]);
    }
    return row;
  }
}
