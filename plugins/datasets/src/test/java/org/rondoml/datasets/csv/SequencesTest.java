package org.rondoml.datasets.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.rondoml.datasets.csv.TableFile.x;
import static org.rondoml.datasets.csv.TableFile.y;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.DataException;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.DataSource;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.Padding;

/** What rows with the same in a column are read as; all numbers are worked out by hand. */
class SequencesTest {
  /** Tunes of three, one and two notes. */
  private static final String TUNES =
      """
      tune,pitch,loud,kind
      A,60,1,long
      A,62,2,short
      A,64,3,short
      B,70,4,long
      C,80,5,short
      C,82,6,long
      """;

  private static final Map<String, Object> KEYS =
      Map.of("sequence", "tune", "features", List.of("pitch", "loud"), "target", "kind");

  @TempDir private Path folder = Path.of("");

  private Dataset load(String content, Map<String, ?> keys) {
    return new TableFile(folder, content).load(keys);
  }

  /** Samples of the tunes, by more keys. */
  private Dataset tunes(Object... keysAndValues) {
    return load(TUNES, with(KEYS, keysAndValues));
  }

  private static Map<String, Object> with(Map<String, ?> keys, Object... keysAndValues) {
    Map<String, Object> all = new HashMap<>(keys);
    for (int i = 0; i < keysAndValues.length; i += 2) {
      all.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return all;
  }

  private static INDArray array(double[][][] values) {
    return Nd4j.create(values);
  }

  @Test
  void arePaddedBeforeToTheLongest() {
    Dataset data = tunes();

    assertEquals(
        array(
            new double[][][] {
              {{60, 1}, {62, 2}, {64, 3}}, {{0, 0}, {0, 0}, {70, 4}}, {{0, 0}, {80, 5}, {82, 6}}
            }),
        x(data));
    // In sorted order long is 0 and short is 1.
    assertEquals(
        array(new double[][][] {{{0}, {1}, {1}}, {{0}, {0}, {0}}, {{0}, {1}, {0}}}), y(data));
    assertEquals(Padding.of(3, 0, new int[] {0, 2, 1}, new int[] {3, 1, 2}), data.padding());
  }

  @Test
  void arePaddedAfterWithAnotherValue() {
    Dataset data = tunes("padding", "post", "value", -1, "maxlen", 4);

    assertEquals(
        array(
            new double[][][] {
              {{60, 1}, {62, 2}, {64, 3}, {-1, -1}},
              {{70, 4}, {-1, -1}, {-1, -1}, {-1, -1}},
              {{80, 5}, {82, 6}, {-1, -1}, {-1, -1}}
            }),
        x(data));
    assertEquals(
        array(new double[][][] {{{0}, {1}, {1}, {0}}, {{0}, {0}, {0}, {0}}, {{1}, {0}, {0}, {0}}}),
        y(data));
    assertEquals(Padding.of(4, -1, new int[] {0, 0, 0}, new int[] {3, 1, 2}), data.padding());
  }

  @Test
  void loseWhatIsMoreThanMaxlenAtEitherEnd() {
    INDArray pre =
        array(new double[][][] {{{62, 2}, {64, 3}}, {{0, 0}, {70, 4}}, {{80, 5}, {82, 6}}});
    assertEquals(pre, x(tunes("maxlen", 2)));
    assertEquals(pre, x(tunes("maxlen", 2, "truncating", "pre")));
    assertEquals(
        array(new double[][][] {{{1}, {1}}, {{0}, {0}}, {{1}, {0}}}), y(tunes("maxlen", 2)));

    Dataset post = tunes("maxlen", 2, "truncating", "post", "padding", "post");
    assertEquals(
        array(new double[][][] {{{60, 1}, {62, 2}}, {{70, 4}, {0, 0}}, {{80, 5}, {82, 6}}}),
        x(post));
    assertEquals(array(new double[][][] {{{0}, {1}}, {{0}, {0}}, {{1}, {0}}}), y(post));
  }

  private static final String SPEAKERS =
      "utterance,speaker,a,w\n1,ann,5,2\n1,ann,6,2\n2,bob,7,3\n3,ann,8,4\n3,ann,9,4\n";

  @Test
  void haveOneTargetAndWeightEach() {
    Dataset data =
        load(
            SPEAKERS,
            Map.of(
                "sequence",
                "utterance",
                "target",
                "speaker",
                "target_per",
                "sequence",
                "sample_weight",
                "w"));

    assertEquals(array(new double[][][] {{{5}, {6}}, {{0}, {7}}, {{8}, {9}}}), x(data));
    assertEquals(Nd4j.create(new double[][] {{0}, {1}, {0}}), y(data));
    assertEquals(Nd4j.create(new double[] {2, 3, 4}), data.sampleWeights());
  }

  @Test
  void stepsHaveWeightsOfTheirOwn() {
    Dataset data =
        load(SPEAKERS, Map.of("sequence", "utterance", "target", "speaker", "sample_weight", "w"));

    assertEquals(Nd4j.create(new double[][] {{2, 2}, {0, 3}, {4, 4}}), data.sampleWeights());
  }

  @Test
  void severalTargetsOfAStepStandSideBySide() {
    Dataset data =
        load(
            TUNES,
            Map.of("sequence", "tune", "target", List.of("loud", "pitch"), "features", "kind"));

    assertEquals(
        array(
            new double[][][] {
              {{1, 60}, {2, 62}, {3, 64}}, {{0, 0}, {0, 0}, {4, 70}}, {{0, 0}, {5, 80}, {6, 82}}
            }),
        y(data));
  }

  @Test
  void areSplitAsAWhole() {
    Object[] split = {"validation_split", 0.4, "subset", "training", "maxlen", 1};

    // floor(3 · 0.6) = 1 sequence to train on.
    assertEquals(array(new double[][][] {{{64, 3}}}), x(tunes(split)));
    split[3] = "validation";
    assertEquals(array(new double[][][] {{{70, 4}}, {{82, 6}}}), x(tunes(split)));
  }

  @Test
  void areShuffledAsAWhole() {
    StringBuilder text = new StringBuilder("s,a,b\n");
    for (int i = 0; i < 60; i++) {
      text.append(i / 3).append(',').append(i).append(',').append(i).append('\n');
    }
    Map<String, Object> keys =
        Map.of("sequence", "s", "target", "b", "shuffle", true, "seed", 7, "value", -1);
    INDArray all = x(load(text.toString(), keys));
    List<Integer> order =
        IntStream.range(0, 20).mapToObj(i -> (int) all.getDouble(i, 0, 0) / 3).toList();

    for (int i = 0; i < 20; i++) {
      for (int t = 0; t < 3; t++) {
        assertEquals(3 * order.get(i) + t, all.getDouble(i, t, 0));
      }
    }
    assertEquals(IntStream.range(0, 20).boxed().toList(), order.stream().sorted().toList());
    List<Integer> parts = new ArrayList<>();
    for (String subset : List.of("training", "validation")) {
      INDArray part =
          x(load(text.toString(), with(keys, "subset", subset, "validation_split", 0.25)));
      assertEquals(subset.equals("training") ? 15 : 5, part.size(0));
      for (int i = 0; i < part.size(0); i++) {
        parts.add((int) part.getDouble(i, 0, 0) / 3);
      }
    }
    assertEquals(order, parts);
    assertEquals(false, order.equals(IntStream.range(0, 20).boxed().toList()));
  }

  @Test
  void timeGoesForwardWithinEach() {
    String text = "tune,step,a,b\nA,1,5,1\nA,2,6,1\nB,1,7,1\nB,2,8,1\n";
    Map<String, Object> keys = Map.of("sequence", "tune", "time", "step", "target", "b");

    assertEquals(array(new double[][][] {{{5}, {6}}, {{7}, {8}}}), x(load(text, keys)));
    assertRefused(
        "FILE:5: column 'step': found 1 after 1, expected time to go forward",
        text.replace("B,2", "B,1"),
        keys);
  }

  private static final String GAPS = "s,a,b\nA,1,1\nA,,1\nB,NA,1\nB,9,1\n";

  @Test
  void gapsAreFilledFromTheirOwnRows() {
    Map<String, Object> keys = Map.of("sequence", "s", "target", "b");

    assertEquals(
        array(new double[][][] {{{1}, {5}}, {{5}, {9}}}),
        x(load(GAPS, with(keys, "missing", "mean"))));
    assertEquals(
        array(new double[][][] {{{1}}, {{9}}}), x(load(GAPS, with(keys, "missing", "drop"))));
    assertRefused(
        "FILE:4: column 'a': found NA, which is missing; expected a number, and no row before it has"
            + " one to fill in",
        GAPS,
        with(keys, "missing", "forward_fill"));
  }

  @Test
  void meansAreThoseOfTheSequencesToTrainOn() {
    Map<String, Object> keys = Map.of("sequence", "s", "target", "b", "missing", "mean");
    INDArray first = array(new double[][][] {{{1}, {1}}, {{1}, {9}}});

    assertEquals(
        x(load(GAPS, with(keys, "subset", "training", "validation_split", 0.5))),
        first.get(org.nd4j.linalg.indexing.NDArrayIndex.interval(0, 1)));
    new TableFile(folder, GAPS);
    assertEquals(
        first, x(TableFile.source(keys).load(folder, new DataSource.Purpose(List.of(), 0.5))));
  }

  private Dataset forModel(Map<String, ?> keys, long... input) {
    new TableFile(folder, TUNES);
    return TableFile.source(keys).load(folder, new DataSource.Purpose(List.of(Shape.of(input)), 0));
  }

  @Test
  void getAsManyStepsAsTheInput() {
    assertEquals(5, x(forModel(KEYS, 5, 2)).size(1));
    assertEquals(4, x(forModel(with(KEYS, "maxlen", 4), 5, 2)).size(1));
    DataException refusal = assertThrows(DataException.class, () -> forModel(KEYS, 2, 2));
    assertEquals(
        folder.resolve("t.csv")
            + ":2: column 'tune': the sequence A has 3 rows, but the model's Input has 2 steps: let it"
            + " have 3, or write maxlen: 2 to leave out what is more",
        refusal.getMessage());
  }

  @Test
  void areReadToPredict() {
    TableFile other = new TableFile(folder, "tune,pitch,loud\nD,1,2\nE,3,4\nE,5,6\n");
    Dataset data =
        TableFile.source(with(KEYS, "maxlen", 2))
            .toPredict(other.path(), Map.of())
            .orElseThrow()
            .load(folder);

    assertEquals(array(new double[][][] {{{0, 0}, {1, 2}}, {{3, 4}, {5, 6}}}), x(data));
    assertEquals(List.of(), data.targets());
    assertEquals(Padding.of(2, 0, new int[] {1, 0}, new int[] {1, 2}), data.padding());
  }

  @Test
  void rowsThatWouldGetNoPredictionAreRefused() {
    TableFile other = new TableFile(folder, "tune,pitch,loud\nD,1,2\nE,3,4\nE,5,6\n");
    DataSource source =
        TableFile.source(with(KEYS, "maxlen", 1)).toPredict(other.path(), Map.of()).orElseThrow();
    DataException refusal = assertThrows(DataException.class, () -> source.load(folder));

    assertEquals(
        other.path()
            + ":3: column 'tune': the sequence E has 2 rows, but maxlen is 1: each row is to get its"
            + " prediction: divide the sequence",
        refusal.getMessage());
    assertEquals(
        array(new double[][][] {{{1, 2}}, {{5, 6}}}),
        x(
            TableFile.source(with(KEYS, "maxlen", 1, "target_per", "sequence"))
                .toPredict(other.path(), Map.of())
                .orElseThrow()
                .load(folder)));
  }

  private void assertRefused(String message, String content, Map<String, ?> keys) {
    TableFile file = new TableFile(folder, content);
    DataException refusal = assertThrows(DataException.class, () -> file.load(keys));
    assertEquals(message.replace("FILE", file.path().toString()), refusal.getMessage());
  }

  @Test
  void comeBackLater() {
    String cure =
        "\nthe rows of a sequence stand one after another: sort the file by 'tune', and keep the order"
            + " within a sequence";
    assertRefused(
        "FILE:5: column 'tune': found A again, whose rows were over after line 3" + cure,
        "tune,a,b\nA,1,1\nA,2,1\nB,3,1\nA,4,1\nA,5,1\n",
        Map.of("sequence", "tune", "target", "b"));
    assertRefused(
        "FILE:4: column 'tune': found A again, whose rows were over after line 2\n"
            + "FILE:5: column 'tune': found B again, whose rows were over after line 3"
            + cure,
        "tune,a,b\nA,1,1\nB,3,1\nA,4,1\nB,5,1\n",
        Map.of("sequence", "tune", "target", "b"));
  }

  @Test
  void haveTargetsThatDiffer() {
    assertRefused(
        "FILE:7: column 'kind': found long after short in the same sequence, expected the same in all"
            + " of its rows: leave out target_per: sequence where each row has its own",
        TUNES.replace("long", "short").replace("82,6,short", "82,6,long"),
        with(KEYS, "target_per", "sequence"));
  }

  @Test
  void haveNoName() {
    assertRefused(
        "FILE:3: column 'tune': found nothing, which is missing; expected the name of a sequence",
        "tune,a,b\nA,1,1\n,2,1\n",
        Map.of("sequence", "tune", "target", "b"));
    assertRefused(
        "FILE: every row has a missing value, and missing: drop is set",
        "tune,a,b\n,1,1\n",
        Map.of("sequence", "tune", "target", "b", "missing", "drop"));
    assertRefused(
        "FILE: no column 'tun' (did you mean 'tune'?); it has tune, a, b",
        "tune,a,b\nA,1,1\n",
        Map.of("sequence", "tun", "target", "b"));
  }

  @Test
  void areTooFewToSplit() {
    assertRefused(
        "FILE: validation_split 0.4 of 1 sequences leaves no sample in the training part",
        "tune,a,b\nA,1,1\nA,1,1\n",
        Map.of("sequence", "tune", "target", "b", "subset", "training", "validation_split", 0.4));
  }
}
