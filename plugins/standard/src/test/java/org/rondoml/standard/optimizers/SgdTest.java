package org.rondoml.standard.optimizers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.ElementWiseOptimizer;
import org.rondoml.standard.schedules.Constant;

/**
 * Four steps of {@link Steps} by Keras 3.15 and, for tf1 and tf2, by {@code
 * tf_keras.optimizers.legacy}, in float64: {@code for g in G: optimizer.apply_gradients([(g, w)])}.
 */
class SgdTest {
  /** {@code SGD(learning_rate=0.1)}. */
  @Test
  void plain() {
    Steps.check(
        "SGD",
        Map.of("learning_rate", 0.1),
        Semantics.KERAS3,
        0.97,
        -0.35000000000000003,
        0.04990099999999997);
  }

  /** {@code SGD(learning_rate=0.1, momentum=0.9)}. */
  @Test
  void withMomentum() {
    Steps.check(
        "SGD",
        Map.of("learning_rate", 0.1, "momentum", 0.9),
        Semantics.KERAS3,
        0.8871100038695334,
        -0.05120001778602559,
        0.049810523002491225);
  }

  /** {@code SGD(learning_rate=0.1, momentum=0.9, nesterov=True)}. */
  @Test
  void withNesterov() {
    Steps.check(
        "SGD",
        Map.of("learning_rate", 0.1, "momentum", 0.9, "nesterov", true),
        Semantics.KERAS3,
        0.8683990061740873,
        0.053919973292351514,
        -0.13026952452486884);
  }

  /** {@code legacy.SGD(learning_rate=0.1, momentum=0.9, nesterov=True)}. */
  @Test
  void withNesterovBeforeKeras3() {
    Steps.check(
        "SGD",
        Map.of("learning_rate", 0.1, "momentum", 0.9, "nesterov", true),
        Semantics.TF2,
        0.8683990042130798,
        0.053919981546402304,
        -0.13026953019132634);
  }

  /** {@code legacy.SGD(learning_rate=0.1, momentum=0.5, decay=0.2)}. */
  @Test
  void withDecay() {
    Steps.check(
        "SGD",
        Map.of("learning_rate", 0.1, "momentum", 0.5, "decay", 0.2),
        Semantics.TF1,
        0.9404761896334597,
        -0.24851190080549965,
        0.12489306431088545);
  }

  /** {@code SGD()}. */
  @Test
  void withDefaults() {
    Steps.check("SGD", Map.of(), Semantics.KERAS3, 0.997, -0.485, 0.2299901);
  }

  @Test
  void keepsASlotForMomentumOnly() {
    assertEquals(List.of(), slots(0));
    assertEquals(List.of(new ElementWiseOptimizer.Slot("momentum", 0)), slots(0.5));
  }

  private static List<ElementWiseOptimizer.Slot> slots(double momentum) {
    Sgd.Config config = new Sgd.Config(new Constant(new Constant.Config(1)), momentum, false);
    return new Sgd(config, Semantics.KERAS3).slots();
  }

  /** {@code SGD(learning_rate=0.1, momentum=0.9)} of a table. */
  @Test
  void ofATable() {
    Steps.checkTable(
        "SGD",
        Map.of("learning_rate", 0.1, "momentum", 0.9),
        Semantics.KERAS3,
        0.9543050009810924,
        -0.10210001270771002,
        0.15008984149899496,
        0.6832800008440019,
        0.35340005655288587,
        -0.9999685260010153,
        0.5569999992847443,
        -0.28799999952316285,
        -2.000189999997616);
  }

  /** {@code legacy.SGD(learning_rate=0.1, momentum=0.9, nesterov=True)} of a table. */
  @Test
  void ofATableBeforeKeras3() {
    Steps.checkTable(
        "SGD",
        Map.of("learning_rate", 0.1, "momentum", 0.9, "nesterov", true),
        Semantics.TF2,
        0.942155000762865,
        -0.06250000745207074,
        0.06013034105175663,
        0.7091999992489815,
        0.7260000101029875,
        -0.9999761400001403,
        0.5570000001341104,
        -0.28800000008940696,
        -2.000190000000447);
  }
}
