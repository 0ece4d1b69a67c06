package org.rondoml.standard.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Activation.Link;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.Loss;

/**
 * Every loss's gradient against central differences in float64, at random outputs away from the
 * clipping and the kinks, in every generation; from logits as well, where it has such a form.
 */
class GradientTest {
  private static final double STEP = 1e-6;
  private static final int SAMPLES = 3;
  private static final Shape ROWS = Shape.of(2, 4);

  private static final Registry REGISTRY = Registry.load(GradientTest.class.getClassLoader());

  /** Configs that leave the defaults, beside those. */
  private static final Map<String, List<Map<String, ?>>> CONFIGS =
      Map.ofEntries(
          Map.entry("Huber", List.of(Map.of("delta", 0.25))),
          Map.entry("CosineSimilarity", List.of(Map.of("axis", 1))),
          Map.entry(
              "BinaryCrossentropy",
              List.of(Map.of("label_smoothing", 0.1), Map.of("from_logits", true, "axis", 1))),
          Map.entry(
              "BinaryFocalCrossentropy",
              List.of(
                  Map.of("apply_class_balancing", true, "alpha", 0.3, "gamma", 1.5),
                  Map.of("from_logits", true, "label_smoothing", 0.1))),
          Map.entry(
              "CategoricalCrossentropy",
              List.of(Map.of("label_smoothing", 0.3), Map.of("from_logits", true))),
          Map.entry(
              "CategoricalFocalCrossentropy",
              List.of(Map.of("alpha", List.of(0.1, 0.2, 0.3, 0.4)), Map.of("from_logits", true))),
          Map.entry(
              "SparseCategoricalCrossentropy",
              List.of(Map.of("from_logits", true), Map.of("ignore_class", 1))),
          Map.entry(
              "Dice",
              List.of(Map.of("axis", List.of(0, 1)), Map.of("axis", 1), Map.of("axis", -1))),
          Map.entry(
              "Tversky",
              List.of(Map.of("alpha", 0.3, "beta", 0.8), Map.of("axis", List.of(1, 2)))));

  /**
   * A loss in one generation.
   *
   * @param link what to start from, or null for the outputs
   */
  record Case(String id, Map<String, ?> config, Semantics semantics, Link link) {
    Loss loss() {
      Loss loss = REGISTRY.create(Loss.class, id, config, semantics);
      return link == null ? loss : loss.fromLogits(link).orElseThrow();
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    REGISTRY
        .components(Loss.class)
        .forEach(
            component -> {
              KnownIn known = component.provider().configType().getAnnotation(KnownIn.class);
              for (Semantics semantics : known == null ? Semantics.values() : known.value()) {
                List<Map<String, ?>> configs = new ArrayList<>(List.of(Map.of()));
                configs.addAll(CONFIGS.getOrDefault(component.id(), List.of()));
                for (Map<String, ?> config : configs) {
                  cases.add(new Case(component.id(), config, semantics, null));
                }
              }
            });
    for (Case plain : List.copyOf(cases)) {
      for (Link link : List.of(Link.SIGMOID, Link.SOFTMAX)) {
        if (plain.loss().fromLogits(link).isPresent()) {
          cases.add(new Case(plain.id(), plain.config(), plain.semantics(), link));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithFiniteDifferences(Case tested) {
    Random random = new Random(13);
    boolean classNumbers = tested.loss().targetLength(4) == 1;
    boolean labels = tested.id().equals("CTC");
    Shape target = labels ? Shape.of(2) : classNumbers ? Shape.of(2) : ROWS;
    double[][] targets = new double[SAMPLES][(int) target.size()];
    double[][] outputs = new double[SAMPLES][(int) ROWS.size()];
    for (int i = 0; i < SAMPLES; i++) {
      outputs[i] = random.doubles(outputs[i].length, 0.05, 0.95).toArray();
      for (int row = 0; row < 2; row++) {
        if (labels) {
          targets[i][row] = row <= i % 2 ? i % 3 + 1 : 0;
        } else if (classNumbers) {
          targets[i][row] = (i + row) % 4;
        } else {
          targets[i][4 * row + (i + row) % 4] = 1;
        }
      }
    }
    double[][] gradient = loss(tested, target, targets, outputs).gradient();
    for (int i = 0; i < SAMPLES; i++) {
      for (int k = 0; k < outputs[i].length; k++) {
        double at = outputs[i][k];
        outputs[i][k] = at + STEP;
        double above = loss(tested, target, targets, outputs).value();
        outputs[i][k] = at - STEP;
        double below = loss(tested, target, targets, outputs).value();
        outputs[i][k] = at;
        double numeric = (above - below) / (2 * STEP);
        assertEquals(
            numeric,
            gradient[i][k],
            2e-9 * Math.max(1, Math.max(Math.abs(numeric), Math.abs(above))),
            tested + ", element " + k + " of sample " + i);
      }
    }
  }

  private static BatchLoss loss(Case tested, Shape target, double[][] targets, double[][] outputs) {
    return BatchLoss.of(tested.loss(), target, ROWS, targets, outputs);
  }
}
