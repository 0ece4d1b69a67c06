package org.rondoml.standard.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Loss;

/**
 * Values and gradients of losses against {@code keras.losses} of Keras 3.15 and {@code
 * tf_keras.losses} of tf_keras 2.21, in float64, for two samples: {@code with tf.GradientTape() as
 * tape: tape.watch(y); v = loss(t, y)}, then {@code v, tape.gradient(v, y)}.
 */
class KerasLossesTest {
  private static final double[][] P = {{0.1, 0.5, 0.4}, {0.6, 0.3, 0.1}};

  private static final double[][] R = {{0.5, -1.25, 2.0}, {-0.75, 0.0, 1.5}};

  private static final double[][] L = {{2.0, -1.0, 0.25}, {-3.0, 0.5, 1.0}};

  private static final double[][] POSITIVE = {{0.5, 1.25, 2.0}, {0.75, 0.1, 1.5}};

  private static final double[][] T = {{0.25, 1.0, -0.5}, {0.0, 0.0, 2.0}};

  private static final double[][] DISTRIBUTIONS = {{0.2, 0.5, 0.3}, {0.0, 0.9, 0.1}};

  private static final double[][] COUNTS = {{0.0, 2.0, 1.0}, {3.0, 0.0, 1.0}};

  private static final double[][] ONE_HOT = {{0.0, 1.0, 0.0}, {0.0, 0.0, 1.0}};

  private static final double[][] BINARY = {{1.0, 1.0, 0.0}, {0.0, 1.0, 0.0}};

  private static final double[][] SIGNS = {{1.0, 1.0, -1.0}, {-1.0, 1.0, -1.0}};

  private static final double[][] SEQUENCES = {{0.1, 0.5, 0.7, 0.2}, {0.3, 0.9, 0.25, 0.6}};

  private static final double[][] BINARY_SEQUENCES = {{0.0, 1.0, 1.0, 1.0}, {1.0, 0.0, 0.0, 1.0}};

  /** {@code MeanSquaredError()}. */
  @Test
  void meanSquaredError() {
    check(
        List.of(Semantics.KERAS3, Semantics.TF2),
        "MeanSquaredError",
        Map.of(),
        Shape.of(3),
        Shape.of(3),
        T,
        R,
        2.03125,
        new double[][] {
          {0.08333333333333333, -0.75, 0.8333333333333333}, {-0.25, -0.0, -0.16666666666666666}
        });
  }

  /** {@code MeanAbsoluteError()}. */
  @Test
  void meanAbsoluteError() {
    check(
        List.of(Semantics.KERAS3, Semantics.TF2),
        "MeanAbsoluteError",
        Map.of(),
        Shape.of(3),
        Shape.of(3),
        T,
        R,
        1.0416666666666667,
        new double[][] {
          {0.16666666666666666, -0.16666666666666666, 0.16666666666666666},
          {-0.16666666666666666, -0.0, -0.16666666666666666}
        });
  }

  /** {@code MeanAbsolutePercentageError()}. */
  @Test
  void meanAbsolutePercentageError() {
    check(
        List.of(Semantics.KERAS3, Semantics.TF2),
        "MeanAbsolutePercentageError",
        Map.of(),
        Shape.of(3),
        Shape.of(3),
        T,
        R,
        125000141.66666667,
        new double[][] {
          {66.66666666666667, -16.666666666666668, 33.333333333333336},
          {-166666666.6666667, -0.0, -8.333333333333334}
        });
  }

  /** {@code MeanSquaredLogarithmicError()}. */
  @Test
  void meanSquaredLogarithmicError() {
    check(
        List.of(Semantics.KERAS3),
        "MeanSquaredLogarithmicError",
        Map.of(),
        Shape.of(3),
        Shape.of(3),
        T,
        R,
        0.29231398608707765,
        new double[][] {
          {0.04051590150976769, 0.0, 0.1220680209631237}, {0.0, 0.0, -0.024309540905860624}
        });
    check(
        List.of(Semantics.TF2),
        "MeanSquaredLogarithmicError",
        Map.of(),
        Shape.of(3),
        Shape.of(3),
        T,
        R,
        0.2923139860870782,
        new double[][] {
          {0.04051590150976769, 0.0, 0.12206802096312383}, {0.0, 0.0, -0.024309540905860624}
        });
  }

  /** {@code Huber()}. */
  @Test
  void huber() {
    check(
        List.of(Semantics.KERAS3, Semantics.TF2),
        "Huber",
        Map.of(),
        Shape.of(3),
        Shape.of(3),
        T,
        R,
        0.6979166666666667,
        new double[][] {
          {0.041666666666666664, -0.16666666666666666, 0.16666666666666666},
          {-0.125, 0.0, -0.08333333333333333}
        });
  }

  /** {@code Huber(delta=0.3)}. */
  @Test
  void huberWithDelta() {
    check(
        List.of(Semantics.KERAS3),
        "Huber",
        Map.of("delta", 0.3),
        Shape.of(3),
        Shape.of(3),
        T,
        R,
        0.27520833333333333,
        new double[][] {
          {0.041666666666666664, -0.049999999999999996, 0.049999999999999996},
          {-0.049999999999999996, 0.0, -0.049999999999999996}
        });
    check(
        List.of(Semantics.TF2),
        "Huber",
        Map.of("delta", 0.3),
        Shape.of(3),
        Shape.of(3),
        T,
        R,
        0.27520834287007645,
        new double[][] {
          {0.041666666666666664, -0.05000000198682149, 0.05000000198682149},
          {-0.05000000198682149, 0.0, -0.05000000198682149}
        });
  }

  /** {@code LogCosh()}. */
  @Test
  void logCosh() {
    check(
        List.of(Semantics.KERAS3, Semantics.TF2),
        "LogCosh",
        Map.of(),
        Shape.of(3),
        Shape.of(3),
        T,
        R,
        0.6317965214651902,
        new double[][] {
          {0.040819777067284846, -0.1630043524564689, 0.1644357163585717},
          {-0.10585815873121454, 0.0, -0.07701952621000163}
        });
  }

  /** {@code Poisson()}. */
  @Test
  void poisson() {
    check(
        List.of(Semantics.KERAS3, Semantics.TF2),
        "Poisson",
        Map.of(),
        Shape.of(3),
        Shape.of(3),
        COUNTS,
        POSITIVE,
        0.9030243582320305,
        new double[][] {
          {0.16666666666666666, -0.09999997866666835, 0.08333333749999977},
          {-0.4999999111111231, 0.16666666666666666, 0.05555556296296246}
        });
  }

  /** {@code KLDivergence()}. */
  @Test
  void klDivergence() {
    check(
        List.of(Semantics.KERAS3, Semantics.TF2),
        "KLDivergence",
        Map.of(),
        Shape.of(3),
        Shape.of(3),
        DISTRIBUTIONS,
        new double[][] {{0.1, 0.5, 0.4}, {0.6, 1.3, -0.1}},
        0.6695249226769179,
        new double[][] {{-1.0, -0.5, -0.37499999999999994}, {-8.333333333333334e-08, 0.0, 0.0}});
  }

  /** {@code CosineSimilarity()}. */
  @Test
  void cosineSimilarity() {
    check(
        List.of(Semantics.KERAS3, Semantics.TF2),
        "CosineSimilarity",
        Map.of(),
        Shape.of(3),
        Shape.of(3),
        T,
        R,
        -0.06253519662875057,
        new double[][] {
          {-0.07834689717680504, -0.09829859148891068, -0.04184989538636792},
          {-0.11925695879998881, 0.0, -0.059628479399994355}
        });
  }

  /** {@code CosineSimilarity(axis=1)}. */
  @Test
  void cosineSimilarityWithAxis() {
    check(
        List.of(Semantics.KERAS3, Semantics.TF2),
        "CosineSimilarity",
        Map.of("axis", 1),
        Shape.of(2, 2),
        Shape.of(2, 2),
        SEQUENCES,
        new double[][] {
          {-0.7, 0.5, 1.0999999999999996, -0.3999999999999999},
          {-0.10000000000000009, 1.7000000000000002, -0.25, 0.7999999999999998}
        },
        -0.34040175696576935,
        new double[][] {
          {-0.10527507511787729, -0.21220053313380782, -0.06699322962046739, -0.26525066641725986},
          {-0.40992847790127035, 0.008363657917999492, 0.1639713911605083, -0.017772773075748892}
        });
  }

  /** {@code CosineSimilarity()}. */
  @Test
  void cosineSimilarityCase3() {
    check(
        List.of(Semantics.KERAS3),
        "CosineSimilarity",
        Map.of(),
        Shape.of(3),
        Shape.of(3),
        T,
        new double[][] {{0.5, -1.25, 2.0}, {0.0, 3e-08, 0.0}},
        0.3846783988712074,
        new double[][] {
          {-0.07834689717680504, -0.09829859148891068, -0.04184989538636792}, {0.0, 0.0, -5000000.0}
        });
    check(
        List.of(Semantics.TF2),
        "CosineSimilarity",
        Map.of(),
        Shape.of(3),
        Shape.of(3),
        T,
        new double[][] {{0.5, -1.25, 2.0}, {0.0, 3e-08, 0.0}},
        0.3846783988712074,
        new double[][] {
          {-0.07834689717680504, -0.09829859148891068, -0.04184989538636792}, {0.0, 0.0, -500000.0}
        });
  }

  /** {@code Hinge()}. */
  @Test
  void hinge() {
    check(
        List.of(Semantics.KERAS3, Semantics.TF2),
        "Hinge",
        Map.of(),
        Shape.of(3),
        Shape.of(3),
        SIGNS,
        R,
        1.5833333333333335,
        new double[][] {
          {-0.16666666666666666, -0.16666666666666666, 0.16666666666666666},
          {0.16666666666666666, -0.16666666666666666, 0.16666666666666666}
        });
  }

  /** {@code Hinge()}. */
  @Test
  void hingeCase2() {
    check(
        List.of(Semantics.KERAS3, Semantics.TF2),
        "Hinge",
        Map.of(),
        Shape.of(3),
        Shape.of(3),
        BINARY,
        R,
        1.5833333333333335,
        new double[][] {
          {-0.16666666666666666, -0.16666666666666666, 0.16666666666666666},
          {0.16666666666666666, -0.16666666666666666, 0.16666666666666666}
        });
  }

  /** {@code Hinge()}. */
  @Test
  void hingeCase3() {
    check(
        List.of(Semantics.KERAS3, Semantics.TF2),
        "Hinge",
        Map.of(),
        Shape.of(3),
        Shape.of(3),
        new double[][] {{1.0, 1.0, 0.0}, {-1.0, 1.0, 0.0}},
        R,
        1.0,
        new double[][] {
          {-0.16666666666666666, -0.16666666666666666, -0.0},
          {0.16666666666666666, -0.16666666666666666, -0.0}
        });
  }

  /** {@code SquaredHinge()}. */
  @Test
  void squaredHinge() {
    check(
        List.of(Semantics.KERAS3, Semantics.TF2),
        "SquaredHinge",
        Map.of(),
        Shape.of(3),
        Shape.of(3),
        SIGNS,
        R,
        3.6041666666666665,
        new double[][] {
          {-0.16666666666666666, -0.75, 1.0},
          {0.08333333333333333, -0.3333333333333333, 0.8333333333333333}
        });
  }

  /** {@code SquaredHinge()}. */
  @Test
  void squaredHingeCase2() {
    check(
        List.of(Semantics.KERAS3, Semantics.TF2),
        "SquaredHinge",
        Map.of(),
        Shape.of(3),
        Shape.of(3),
        BINARY,
        R,
        3.6041666666666665,
        new double[][] {
          {-0.16666666666666666, -0.75, 1.0},
          {0.08333333333333333, -0.3333333333333333, 0.8333333333333333}
        });
  }

  /** {@code CategoricalHinge()}. */
  @Test
  void categoricalHinge() {
    check(
        List.of(Semantics.KERAS3, Semantics.TF2),
        "CategoricalHinge",
        Map.of(),
        Shape.of(3),
        Shape.of(3),
        ONE_HOT,
        R,
        2.125,
        new double[][] {{0.0, -0.5, 0.5}, {0.0, 0.0, 0.0}});
  }

  /** {@code BinaryCrossentropy(axis=1, label_smoothing=0.2)}. */
  @Test
  void binaryCrossentropy() {
    check(
        List.of(Semantics.KERAS3),
        "BinaryCrossentropy",
        Map.of("axis", 1, "label_smoothing", 0.2),
        Shape.of(2, 2),
        Shape.of(2, 2),
        BINARY_SEQUENCES,
        SEQUENCES,
        0.8851830562117495,
        new double[][] {
          {0.0, -0.2, -0.11904761904761907, -0.546875},
          {-0.35714285714285715, 1.1111111111111114, 0.09999999999999999, -0.15625}
        });
    check(
        List.of(Semantics.TF2),
        "BinaryCrossentropy",
        Map.of("axis", 1, "label_smoothing", 0.2),
        Shape.of(2, 2),
        Shape.of(2, 2),
        BINARY_SEQUENCES,
        SEQUENCES,
        0.8851827331116433,
        new double[][] {
          {1.1111098767446759e-07, -0.19999996000000803, -0.11904760997732294, -0.5468747207032654},
          {-0.3571427346939189, 1.111109987655446, 0.0999999999999947, -0.1562499765625033}
        });
  }

  /** {@code BinaryCrossentropy(from_logits=True)}. */
  @Test
  void binaryCrossentropyWithFromLogits() {
    check(
        List.of(Semantics.KERAS3, Semantics.TF2),
        "BinaryCrossentropy",
        Map.of("from_logits", true),
        Shape.of(3),
        Shape.of(3),
        BINARY,
        L,
        0.6836758569520183,
        new double[][] {
          {-0.019867153670352924, -0.12184309643833414, 0.09369608348096635},
          {0.00790431219626113, -0.0629234447996909, 0.12184309643833413}
        });
  }

  /** {@code BinaryFocalCrossentropy()}. */
  @Test
  void binaryFocalCrossentropy() {
    check(
        List.of(Semantics.KERAS3),
        "BinaryFocalCrossentropy",
        Map.of(),
        Shape.of(3),
        Shape.of(3),
        BINARY,
        P,
        0.506829627169784,
        new double[][] {
          {-2.0407755278982136, -0.19885786342665754, 0.11255452761324322},
          {0.333258146374831, -0.553149209898274, 0.005363869040446059}
        });
    check(
        List.of(Semantics.TF2),
        "BinaryFocalCrossentropy",
        Map.of(),
        Shape.of(3),
        Shape.of(3),
        BINARY,
        P,
        0.506829436984674,
        new double[][] {
          {-2.0407738778997135, -0.19885781342666423, 0.11255449798361669},
          {0.3332580588748466, -0.5531490413797986, 0.005363865130981269}
        });
  }

  /**
   * {@code BinaryFocalCrossentropy(apply_class_balancing=True, alpha=0.3, gamma=1.5,
   * label_smoothing=0.1)}.
   */
  @Test
  void binaryFocalCrossentropyWithApplyClassBalancingAlphaGammaLabelSmoothing() {
    check(
        List.of(Semantics.KERAS3),
        "BinaryFocalCrossentropy",
        Map.of("apply_class_balancing", true, "alpha", 0.3, "gamma", 1.5, "label_smoothing", 0.1),
        Shape.of(3),
        Shape.of(3),
        BINARY,
        P,
        0.20417714962602132,
        new double[][] {
          {-0.5481277035203795, -0.06923041866182197, 0.09542064915386086},
          {0.2230042350178295, -0.16153481604089837, 0.015619077958472859}
        });
    check(
        List.of(Semantics.TF2),
        "BinaryFocalCrossentropy",
        Map.of("apply_class_balancing", true, "alpha", 0.3, "gamma", 1.5, "label_smoothing", 0.1),
        Shape.of(3),
        Shape.of(3),
        BINARY,
        P,
        0.20417707689368325,
        new double[][] {
          {-0.5481272358984118, -0.06923040169126163, 0.09542062549594979},
          {0.22300417634473313, -0.16153476555290705, 0.015619071325421664}
        });
  }

  /** {@code BinaryFocalCrossentropy(from_logits=True)}. */
  @Test
  void binaryFocalCrossentropyWithFromLogits() {
    check(
        List.of(Semantics.KERAS3, Semantics.TF2),
        "BinaryFocalCrossentropy",
        Map.of("from_logits", true),
        Shape.of(3),
        Shape.of(3),
        BINARY,
        L,
        0.28904247250040693,
        new double[][] {
          {-0.0008118233658987947, -0.1280391205332196, 0.06770723550033786},
          {5.247864108138017e-05, -0.02298949955848573, 0.12803912053321959}
        });
  }

  /** {@code CategoricalCrossentropy(label_smoothing=0.1)}. */
  @Test
  void categoricalCrossentropy() {
    check(
        List.of(Semantics.KERAS3, Semantics.TF2),
        "CategoricalCrossentropy",
        Map.of("label_smoothing", 0.1),
        Shape.of(3),
        Shape.of(3),
        ONE_HOT,
        P,
        1.4802362985411979,
        new double[][] {
          {0.33333333333333337, -0.43333333333333335, 0.4583333333333333},
          {0.4722222222222223, 0.44444444444444453, -4.166666666666667}
        });
  }

  /** {@code CategoricalCrossentropy(from_logits=True)}. */
  @Test
  void categoricalCrossentropyWithFromLogits() {
    check(
        List.of(Semantics.KERAS3, Semantics.TF2),
        "CategoricalCrossentropy",
        Map.of("from_logits", true),
        Shape.of(3),
        Shape.of(3),
        new double[][] {{0.0, 2.0, 0.0}, {0.0, 0.0, 2.0}},
        L,
        3.687178695116564,
        new double[][] {
          {0.4086432921370715, -0.9796548484763026, 0.0710115563392312},
          {0.005636114291087066, 0.1866424720401929, -0.6922785863312799}
        });
  }

  /** {@code CategoricalCrossentropy(axis=1)}. */
  @Test
  void categoricalCrossentropyWithAxis() {
    check(
        List.of(Semantics.KERAS3, Semantics.TF2),
        "CategoricalCrossentropy",
        Map.of("axis", 1),
        Shape.of(2, 2),
        Shape.of(2, 2),
        BINARY_SEQUENCES,
        SEQUENCES,
        0.8112982832963935,
        new double[][] {
          {0.3125, 0.2142857142857143, -0.04464285714285715, -0.5357142857142857},
          {-0.3787878787878789, 0.16666666666666666, 0.4545454545454545, -0.25}
        });
  }

  /** {@code CategoricalFocalCrossentropy()}. */
  @Test
  void categoricalFocalCrossentropy() {
    check(
        List.of(Semantics.KERAS3, Semantics.TF2),
        "CategoricalFocalCrossentropy",
        Map.of(),
        Shape.of(3),
        Shape.of(3),
        ONE_HOT,
        P,
        0.2547975900581454,
        new double[][] {
          {0.07457169878499659, -0.07457169878499659, 0.07457169878499659},
          {0.15305816459236607, 0.15305816459236607, -1.3775234813312942}
        });
  }

  /**
   * {@code CategoricalFocalCrossentropy(alpha=0.4, gamma=1.5, from_logits=True,
   * label_smoothing=0.1)}.
   */
  @Test
  void categoricalFocalCrossentropyWithAlphaGammaFromLogitsLabelSmoothing() {
    check(
        List.of(Semantics.KERAS3, Semantics.TF2),
        "CategoricalFocalCrossentropy",
        Map.of("alpha", 0.4, "gamma", 1.5, "from_logits", true, "label_smoothing", 0.1),
        Shape.of(3),
        Shape.of(3),
        ONE_HOT,
        L,
        0.6262698421991033,
        new double[][] {
          {0.17874920565997904, -0.2021584197568827, 0.023409214096903674},
          {-0.005820848848321294, 0.034716442008965474, -0.02889559316064418}
        });
  }

  /** {@code CategoricalFocalCrossentropy(alpha=[0.25, 0.5, 1.0])}. */
  @Test
  void categoricalFocalCrossentropyWithAlpha() {
    check(
        List.of(Semantics.KERAS3, Semantics.TF2),
        "CategoricalFocalCrossentropy",
        Map.of("alpha", List.of(0.25, 0.5, 1.0)),
        Shape.of(3),
        Shape.of(3),
        ONE_HOT,
        P,
        0.9758686614475851,
        new double[][] {
          {0.14914339756999317, -0.14914339756999317, 0.14914339756999317},
          {0.6122326583694643, 0.6122326583694643, -5.510093925325177}
        });
  }

  /** {@code SparseCategoricalCrossentropy(ignore_class=2)}. */
  @Test
  void sparseCategoricalCrossentropy() {
    check(
        List.of(Semantics.KERAS3, Semantics.TF2),
        "SparseCategoricalCrossentropy",
        Map.of("ignore_class", 2),
        Shape.of(),
        Shape.of(3),
        new double[][] {{1.0}, {2.0}},
        P,
        0.6931471805599453,
        new double[][] {{1.0000000000000004, -1.0, 1.0}, {0.0, 0.0, 0.0}});
  }

  /** {@code SparseCategoricalCrossentropy(from_logits=True, ignore_class=1)}. */
  @Test
  void sparseCategoricalCrossentropyWithFromLogitsIgnoreClass() {
    check(
        List.of(Semantics.KERAS3),
        "SparseCategoricalCrossentropy",
        Map.of("from_logits", true, "ignore_class", 1),
        Shape.of(),
        Shape.of(3),
        new double[][] {{1.0}, {2.0}},
        L,
        0.48541322583213115,
        new double[][] {
          {0.0, 0.0, 0.0}, {0.011272228582174132, 0.3732849440803858, -0.38455717266255995}
        });
    check(
        List.of(Semantics.TF2),
        "SparseCategoricalCrossentropy",
        Map.of("from_logits", true, "ignore_class", 1),
        Shape.of(),
        Shape.of(3),
        new double[][] {{1.0}, {2.0}},
        L,
        0.48541322583213115,
        new double[][] {
          {0.0, 0.0, 0.0}, {0.01127222858217413, 0.3732849440803858, -0.38455717266255995}
        });
  }

  /** {@code CategoricalGeneralizedCrossEntropy(q=0.7)}. */
  @Test
  void categoricalGeneralizedCrossEntropy() {
    check(
        List.of(Semantics.KERAS3),
        "CategoricalGeneralizedCrossEntropy",
        Map.of("q", 0.7),
        Shape.of(),
        Shape.of(3),
        new double[][] {{1.0}, {2.0}},
        P,
        0.8463582584504672,
        new double[][] {{-0.0, -0.6155722066724582, -0.0}, {-0.0, -0.0, -0.9976311574844399}});
  }

  /** {@code Dice()}. */
  @Test
  void dice() {
    check(
        List.of(Semantics.KERAS3),
        "Dice",
        Map.of(),
        Shape.of(2, 2),
        Shape.of(2, 2),
        BINARY_SEQUENCES,
        SEQUENCES,
        0.46198831038610166,
        new double[][] {
          {0.06292534307852211, -0.17099278284056413, -0.17099278284056413, -0.17099278284056413},
          {-0.17099278284056413, 0.06292534307852211, 0.06292534307852211, -0.17099278284056413}
        });
  }

  /** {@code Dice(axis=-1)}. */
  @Test
  void diceWithAxis() {
    check(
        List.of(Semantics.KERAS3),
        "Dice",
        Map.of("axis", -1),
        Shape.of(2, 2),
        Shape.of(2, 2),
        BINARY_SEQUENCES,
        SEQUENCES,
        0.4582336328440086,
        new double[][] {
          {0.09765623779296988, -0.21484374267578132, -0.11890606195415969, -0.11890606195415969},
          {-0.19628098422238946, 0.030991732719759774, 0.08765521331411838, -0.18261504234694884}
        });
  }

  /** {@code Dice(axis=[1, 2])}. */
  @Test
  void diceWithAxisToo() {
    check(
        List.of(Semantics.KERAS3),
        "Dice",
        Map.of("axis", List.of(1, 2)),
        Shape.of(2, 2),
        Shape.of(2, 2),
        BINARY_SEQUENCES,
        SEQUENCES,
        0.46666667906721515,
        new double[][] {
          {0.06913579939643355, -0.15308641788751717, -0.15308641788751717, -0.15308641788751717},
          {-0.19204389236058195, 0.05486968178970017, 0.05486968178970017, -0.19204389236058195}
        });
  }

  /** {@code Dice(axis=[0, 1])}. */
  @Test
  void diceWithAxisTooToo() {
    check(
        List.of(Semantics.KERAS3),
        "Dice",
        Map.of("axis", List.of(0, 1)),
        Shape.of(2, 2),
        Shape.of(2, 2),
        BINARY_SEQUENCES,
        SEQUENCES,
        0.4514925510317953,
        new double[][] {
          {0.08910669995976925, -0.14423076738165683, -0.2094007538161277, -0.14423076738165683},
          {-0.2094007538161277, 0.04807692122781069, 0.08910669995976925, -0.14423076738165683}
        });
  }

  /** {@code Dice(axis=2)}. */
  @Test
  void diceWithAxisTooTooToo() {
    check(
        List.of(Semantics.KERAS3),
        "Dice",
        Map.of("axis", 2),
        Shape.of(2, 2),
        Shape.of(2, 2),
        BINARY_SEQUENCES,
        SEQUENCES,
        0.4582336328440086,
        new double[][] {
          {0.09765623779296988, -0.21484374267578132, -0.11890606195415969, -0.11890606195415969},
          {-0.19628098422238946, 0.030991732719759774, 0.08765521331411838, -0.18261504234694884}
        });
  }

  /** {@code Tversky(alpha=0.3, beta=0.8)}. */
  @Test
  void tversky() {
    check(
        List.of(Semantics.KERAS3),
        "Tversky",
        Map.of("alpha", 0.3, "beta", 0.8),
        Shape.of(2, 2),
        Shape.of(2, 2),
        BINARY_SEQUENCES,
        SEQUENCES,
        0.44038930801972487,
        new double[][] {
          {0.10892665272300606, -0.14799817538053284, -0.14799817538053284, -0.14799817538053284},
          {-0.14799817538053284, 0.10892665272300606, 0.10892665272300606, -0.14799817538053284}
        });
  }

  /** {@code Tversky(alpha=0.3, beta=0.8, axis=[1])}. */
  @Test
  void tverskyWithAlphaBetaAxis() {
    check(
        List.of(Semantics.KERAS3),
        "Tversky",
        Map.of("alpha", 0.3, "beta", 0.8, "axis", List.of(1)),
        Shape.of(2, 2),
        Shape.of(2, 2),
        BINARY_SEQUENCES,
        SEQUENCES,
        0.4284997064752928,
        new double[][] {
          {0.18496494624930315, -0.12625199686647878, -0.1255119608414818, -0.12625199686647878},
          {-0.24796665302267962, 0.05787036233281977, 0.1190239696460923, -0.12297453201356748}
        });
  }

  /** {@code CTC()}. */
  @Test
  void ctc() {
    check(
        List.of(Semantics.KERAS3),
        "CTC",
        Map.of(),
        Shape.of(2),
        Shape.of(4, 3),
        new double[][] {{1.0, 2.0}, {2.0, 0.0}},
        new double[][] {
          {0.1, 2.0, -1.0, 0.5, 0.0, 1.0, 1.5, 0.25, 0.0, 0.0, 0.75, 0.5},
          {1.0, 0.0, 0.5, 0.5, 0.0, 1.0, 0.0, 0.25, 2.0, 1.0, 0.75, 0.5}
        },
        1.2801064252853394,
        new double[][] {
          {
            0.03915157914161682,
            -0.05990728735923767,
            0.02075575850903988,
            -0.015672743320465088,
            -0.04538313299417496,
            0.06105586886405945,
            0.005394577980041504,
            0.06558537483215332,
            -0.0709799975156784,
            -0.07057688385248184,
            0.22210699319839478,
            -0.15153005719184875
          },
          {
            -0.10391589999198914,
            0.09316185861825943,
            0.010754004120826721,
            0.014924317598342896,
            0.09316185861825943,
            -0.10808616876602173,
            0.010759290307760239,
            0.06637106090784073,
            -0.07713037729263306,
            -0.11063957214355469,
            0.16324792802333832,
            -0.05260832607746124
          }
        });
  }

  private final Registry registry = Registry.load(KerasLossesTest.class.getClassLoader());

  private void check(
      List<Semantics> generations,
      String id,
      Map<String, ?> config,
      Shape target,
      Shape output,
      double[][] targets,
      double[][] outputs,
      double value,
      double[][] gradient) {
    // Keras computes CTC in single precision.
    double tolerance = id.equals("CTC") ? 1e-6 : 1e-13;
    for (Semantics semantics : generations) {
      Loss loss = registry.create(Loss.class, id, config, semantics);
      BatchLoss found = BatchLoss.of(loss, target, output, targets, outputs);
      assertEquals(value, found.value(), tolerance * Math.abs(value), id + " in " + semantics);
      for (int i = 0; i < gradient.length; i++) {
        for (int k = 0; k < gradient[i].length; k++) {
          double expected = gradient[i][k];
          assertEquals(
              expected,
              found.gradient()[i][k],
              tolerance * Math.max(1, Math.abs(expected)),
              id + " in " + semantics + ": gradient " + k + " of sample " + i);
        }
      }
    }
  }
}
