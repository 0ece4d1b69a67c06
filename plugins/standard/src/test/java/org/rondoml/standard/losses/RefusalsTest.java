package org.rondoml.standard.losses;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.api.DataException;
import org.rondoml.api.ModelFileException;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.ShapeMismatchException;

/** What losses say of targets, outputs and keys that don't fit. */
class RefusalsTest {
  private final Registry registry = Registry.load(RefusalsTest.class.getClassLoader());

  private Loss loss(String id, Map<String, ?> config) {
    return registry.create(Loss.class, id, config, Semantics.KERAS3);
  }

  private String refusal(String id, Map<String, ?> config, Shape target, Shape output) {
    return String.valueOf(
        assertThrows(ShapeMismatchException.class, () -> loss(id, config).resolve(target, output))
            .getMessage());
  }

  private String refusal(String id, Map<String, ?> config, Semantics semantics) {
    return String.valueOf(
        assertThrows(
                ModelFileException.class, () -> registry.create(Loss.class, id, config, semantics))
            .getMessage());
  }

  @Test
  void elementWiseLossesWantATargetForEachElement() {
    Map<String, String> names =
        Map.of(
            "mae", "mean_absolute_error",
            "mape", "mean_absolute_percentage_error",
            "msle", "mean_squared_logarithmic_error",
            "Huber", "huber",
            "LogCosh", "log_cosh",
            "Poisson", "poisson",
            "kld", "kl_divergence",
            "CosineSimilarity", "cosine_similarity",
            "Hinge", "hinge",
            "CategoricalHinge", "categorical_hinge");
    names.forEach(
        (id, name) ->
            assertEquals(
                name
                    + " compares each element of the output with one of the target; found targets"
                    + " of shape (3) and outputs of shape (4): the last layer has to put out what"
                    + " the data has, or the data be brought to shape (4)",
                refusal(id, Map.of(), Shape.of(3), Shape.of(4))));
    for (String id : List.of("SquaredHinge", "BinaryFocalCrossentropy", "Dice", "Tversky")) {
      refusal(id, Map.of(), Shape.of(3), Shape.of(4));
    }
  }

  @Test
  void anAxisOfSizeOneMayBeLeftOutOfEither() {
    Loss mae = loss("mae", Map.of());
    assertDoesNotThrow(() -> mae.check(Shape.of(), Shape.of(1)));
    assertDoesNotThrow(() -> mae.check(Shape.of(5), Shape.of(5, 1)));
    assertDoesNotThrow(() -> mae.check(Shape.of(5, 1), Shape.of(5)));
  }

  @Test
  void ctcWantsLabelsAndLogitsOfSteps() {
    assertEquals(
        "ctc takes rows of labels and outputs of shape (steps, classes); found targets of shape (7,"
            + " 3) and outputs of shape (7, 3): expected targets of shape (labels), padded with 0",
        refusal("CTC", Map.of(), Shape.of(7, 3), Shape.of(7, 3)));
    assertEquals(
        "ctc takes rows of labels and outputs of shape (steps, classes); found targets of shape (3)"
            + " and outputs of shape (3): a recurrent layer before the last needs"
            + " return_sequences: true",
        refusal("CTC", Map.of(), Shape.of(3), Shape.of(3)));
    assertEquals(
        "ctc takes logits of the blank, 0, and of the labels from 1; found outputs of shape (7, 1):"
            + " the last layer needs a unit for each",
        refusal("CTC", Map.of(), Shape.of(3), Shape.of(7, 1)));
    Loss resolved = loss("CTC", Map.of()).resolve(Shape.of(2), Shape.of(2, 3));
    assertEquals(
        "label 3 is none of the class numbers 0 to 2 of an output with 3 units: number the classes"
            + " from 0, and give the last layer a unit for each",
        assertThrows(
                DataException.class, () -> resolved.value(Rows.of(1, 3), Rows.of(1, 2, 3, 4, 5, 6)))
            .getMessage());
  }

  @Test
  void anAxisHasToExistWithinASample() {
    assertEquals(
        "cosine_similarity along axis 3: expected one of 1 to 2 (or -1 for the last) of outputs of"
            + " shape (5, 4), the samples' axis being 0",
        refusal("CosineSimilarity", Map.of("axis", 3), Shape.of(5, 4), Shape.of(5, 4)));
    assertEquals(
        "binary_crossentropy along axis 0: expected one of 1 (or -1 for the last) of outputs of"
            + " shape (4), the samples' axis being 0",
        refusal("BinaryCrossentropy", Map.of("axis", 0), Shape.of(4), Shape.of(4)));
    assertEquals(
        "dice along axis 2: outputs of shape (4) have the axes 0, of the samples, to 1",
        refusal("Dice", Map.of("axis", 2), Shape.of(4), Shape.of(4)));
    assertEquals(
        "tversky: the axes [1, -1] name one of outputs of shape (4) twice: name each once",
        refusal("Tversky", Map.of("axis", List.of(1, -1)), Shape.of(4), Shape.of(4)));
    assertEquals(
        "sparse_categorical_crossentropy along axis 1: expected -1, the classes being along the last"
            + " axis",
        refusal("SparseCategoricalCrossentropy", Map.of("axis", 1), Shape.of(5), Shape.of(5, 4)));
  }

  @Test
  void classesHaveToFitEachOther() {
    assertEquals(
        "categorical_focal_crossentropy has 2 numbers of alpha, but the output has 4 classes:"
            + " expected one for all, or one each",
        refusal(
            "CategoricalFocalCrossentropy",
            Map.of("alpha", List.of(0.5, 1)),
            Shape.of(4),
            Shape.of(4)));
    assertEquals(
        "categorical_focal_crossentropy compares probabilities of several classes, but the output"
            + " has a single unit (shape (1)): use binary_crossentropy, or as many units as there"
            + " are classes",
        refusal("CategoricalFocalCrossentropy", Map.of(), Shape.of(1), Shape.of(1)));
    assertEquals(
        "categorical_generalized_cross_entropy takes class numbers without an axis of their own;"
            + " found targets of shape (1) and outputs of shape (4): expected targets of shape ()",
        refusal("CategoricalGeneralizedCrossEntropy", Map.of(), Shape.of(1), Shape.of(4)));
  }

  @Test
  void whatAGenerationDoesNotKnowIsToldWithTheCure() {
    assertEquals(
        "CTC: 'CTC' is not known in semantics: tf2; write semantics: keras3",
        refusal("CTC", Map.of(), Semantics.TF2));
    assertEquals(
        "logcosh: 'logcosh' is not known in semantics: keras3; write LogCosh",
        refusal("logcosh", Map.of(), Semantics.KERAS3));
    assertEquals(
        "ce: 'ce' is not known in semantics: tf1; write binary_crossentropy,"
            + " categorical_crossentropy or sparse_categorical_crossentropy",
        refusal("ce", Map.of(), Semantics.TF1));
    assertEquals(
        "SparseCategoricalCrossentropy.axis: not known in semantics: tf2; leave it out: the classes"
            + " are along the last axis",
        refusal("SparseCategoricalCrossentropy", Map.of("axis", -1), Semantics.TF2));
  }
}
