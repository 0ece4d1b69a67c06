package org.rondoml.datasets.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.api.ModelFileException;

/** Which keys contradict each other. */
class CsvConfigTest {
  private static void assertRefused(String message, Map<String, ?> keys) {
    ModelFileException refusal =
        assertThrows(ModelFileException.class, () -> TableFile.source(keys));
    assertEquals(1, refusal.problems().size(), refusal.getMessage());
    assertEquals(
        message, refusal.problems().get(0).path() + ": " + refusal.problems().get(0).message());
  }

  @Test
  void columns() {
    assertRefused(
        "csv.target: found an empty list; expected the name of a column",
        Map.of("target", List.of()));
    assertRefused("csv.features: names a column twice", Map.of("features", List.of("a", "a")));
    assertRefused(
        "csv.exclude: is for when features are not listed; leave out one of the two",
        Map.of("features", "a", "exclude", "b"));
    assertRefused(
        "csv.features: 'a' is the target, which the model is to find out; leave it out",
        Map.of("features", List.of("a", "b"), "target", "a"));
    assertRefused(
        "csv.features: 'a' is the target, which the model is to find out; leave it out",
        Map.of("features", List.of("a", "b"), "target", "a", "window", 3, "horizon", 0));
    assertRefused("csv.target: 'a' has another use below", Map.of("target", "a", "exclude", "a"));
    assertRefused(
        "csv.features: 'a' has another use; leave it out", Map.of("features", "a", "time", "a"));
  }

  @Test
  void marks() {
    assertRefused(
        "csv.delimiter: found '::', expected one character, or tab", Map.of("delimiter", "::"));
    assertRefused(
        "csv.quote: found ';', expected one character, not the delimiter",
        Map.of("delimiter", ";", "quote", ";"));
    assertRefused("csv.decimal: found ';', expected '.' or ','", Map.of("decimal", ";"));
    assertRefused(
        "csv.decimal: is the delimiter, too; expected that they are different",
        Map.of("decimal", ",", "delimiter", ","));
    assertRefused(
        "csv.thousands: found '.', expected one character, not the decimal mark",
        Map.of("thousands", "."));
    assertRefused(
        "csv.encoding: found 'utf-9', expected an encoding that Java knows, such as utf-8,"
            + " windows-1252 or iso-8859-1",
        Map.of("encoding", "utf-9"));
  }

  @Test
  void windows() {
    assertRefused(
        "csv.horizon: is for time series; expected window: the number of rows of a sample",
        Map.of("horizon", 2));
    assertRefused(
        "csv.horizon: is where the target is; expected a target",
        Map.of("window", 2, "horizon", 2));
    assertRefused("csv.window: found 0, expected a number greater than 0", Map.of("window", 0));
  }

  @Test
  void parts() {
    assertRefused(
        "csv.subset: needs validation_split, the share of the validation part, such as 0.2",
        Map.of("subset", "training"));
    assertRefused(
        "csv.validation_split: needs subset: training or validation, the part to use",
        Map.of("validation_split", 0.2));
    assertRefused(
        "csv.subset: found the text \"test\", expected one of training, validation",
        Map.of("subset", "test", "validation_split", 0.2));
    assertRefused(
        "csv.shuffle: needs a seed, such as seed: 42, the same for both parts of a file",
        Map.of("subset", "training", "validation_split", 0.2, "shuffle", true));
    assertRefused(
        "csv.seed: is for shuffle: true only; leave it out",
        Map.of("subset", "training", "validation_split", 0.2, "seed", 1));
    assertRefused(
        "csv.shuffle: would let the model see the future of its validation data; a time series is"
            + " split in order: leave it out",
        Map.of(
            "subset",
            "training",
            "validation_split",
            0.2,
            "shuffle",
            true,
            "seed",
            1,
            "window",
            3));
  }

  @Test
  void sequences() {
    String cure = " is for sequences; expected sequence: the column that tells them apart";
    assertRefused("csv.maxlen:" + cure, Map.of("maxlen", 9));
    assertRefused("csv.padding:" + cure, Map.of("padding", "post"));
    assertRefused("csv.truncating:" + cure, Map.of("truncating", "post"));
    assertRefused("csv.value:" + cure, Map.of("value", -1));
    assertRefused("csv.target_per:" + cure, Map.of("target_per", "step", "target", "a"));
    assertRefused(
        "csv.window: makes samples of a number of rows, and sequence of rows with the same in a"
            + " column; leave out one of the two",
        Map.of("sequence", "s", "window", 3));
    assertRefused(
        "csv.target_per: is what has a target; expected a target",
        Map.of("sequence", "s", "target_per", "sequence"));
    assertRefused(
        "csv.truncating: is where longer sequences are cut; expected maxlen: the steps of a sample",
        Map.of("sequence", "s", "truncating", "post"));
    assertRefused(
        "csv.maxlen: found 0, expected a number greater than 0",
        Map.of("sequence", "s", "maxlen", 0));
    assertRefused(
        "csv.padding: found the text \"left\", expected one of pre, post",
        Map.of("sequence", "s", "padding", "left"));
    assertRefused(
        "csv.target_per: found the text \"row\", expected one of step, sequence",
        Map.of("sequence", "s", "target", "a", "target_per", "row"));
    assertRefused(
        "csv.features: 's' has another use; leave it out",
        Map.of("sequence", "s", "features", List.of("a", "s")));
    assertRefused("csv.target: 's' has another use below", Map.of("sequence", "s", "target", "s"));
  }

  @Test
  void categories() {
    assertRefused(
        "csv.categories: 'c' needs a list of words that are different from each other",
        Map.of("categories", Map.of("c", List.of("x", "x"))));
    assertRefused(
        "csv.categories: 'c' is of another type under types; expected category or one_hot",
        Map.of("categories", Map.of("c", List.of("x")), "types", Map.of("c", "number")));
  }
}
