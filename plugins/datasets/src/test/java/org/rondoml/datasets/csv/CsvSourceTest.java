package org.rondoml.datasets.csv;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.rondoml.datasets.csv.TableFile.x;
import static org.rondoml.datasets.csv.TableFile.y;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.core.spi.DataSource;
import org.rondoml.core.spi.Dataset;

/** What files are read as; all numbers are worked out by hand. */
class CsvSourceTest {
  private static final String PEOPLE =
      """
      name,age,member,city,income
      Ann,30,true,Rome,12.5
      Bob,41,FALSE,Oslo,-3e2
      Cid,29,True,Rome,0
      """;

  @TempDir private Path folder = Path.of("");

  private Dataset load(String content, Map<String, ?> keys) {
    return new TableFile(folder, content).load(keys);
  }

  @Test
  void rowsAreSamples() {
    Dataset data = load(PEOPLE, Map.of("target", "income", "exclude", "name"));

    assertEquals(Nd4j.create(new double[][] {{30, 1, 1}, {41, 0, 0}, {29, 1, 1}}), x(data));
    assertEquals(Nd4j.create(new double[][] {{12.5}, {-300}, {0}}), y(data));
    assertEquals(Map.of("city", List.of("Oslo", "Rome")), data.classes());
    assertEquals(folder.resolve("t.csv").toString(), data.origin());
    assertNull(data.sampleWeights());
  }

  @Test
  void columnsAreTakenInTheOrderTheyAreListed() {
    Dataset data =
        load(PEOPLE, Map.of("target", List.of("age", "income"), "features", List.of("member")));

    assertEquals(Nd4j.create(new double[][] {{1}, {0}, {1}}), x(data));
    assertEquals(Nd4j.create(new double[][] {{30, 12.5}, {41, -300}, {29, 0}}), y(data));
  }

  @Test
  void targetsThatAreWordsBecomeClassNumbersInSortedOrder() {
    Dataset data = load(PEOPLE, Map.of("target", "city", "features", "age"));

    assertEquals(Nd4j.create(new double[][] {{1}, {0}, {1}}), y(data));
  }

  @Test
  void listedCategoriesKeepTheirOrder() {
    Dataset data =
        load(
            PEOPLE,
            Map.of(
                "target",
                "city",
                "features",
                "age",
                "categories",
                Map.of("city", List.of("Rome", "Paris", "Oslo"))));

    assertEquals(Nd4j.create(new double[][] {{0}, {2}, {0}}), y(data));
    assertEquals(Map.of("city", List.of("Rome", "Paris", "Oslo")), data.classes());
  }

  @Test
  void numbersAsCategoriesAreSortedByValue() {
    Dataset data =
        load(
            "a,digit\n1,10\n2,9\n3,10\n",
            Map.of("target", "digit", "types", Map.of("digit", "category")));

    assertEquals(Nd4j.create(new double[][] {{1}, {0}, {1}}), y(data));
    assertEquals(List.of("9", "10"), data.classes().get("digit"));
  }

  @Test
  void oneHotIsAColumnForEachWord() {
    Dataset data =
        load(
            PEOPLE,
            Map.of(
                "target",
                "income",
                "features",
                List.of("city", "age"),
                "types",
                Map.of("city", "one_hot")));

    assertEquals(Nd4j.create(new double[][] {{0, 1, 30}, {1, 0, 41}, {0, 1, 29}}), x(data));
  }

  @Test
  void datesCountSecondsWhereTheyAreAskedFor() {
    Dataset data =
        load(
            "at,y\n1970-01-02,1\n1970/01/01 00:01,2\n1970-01-01T01:00:00+01:00,3\n",
            Map.of("target", "y", "types", Map.of("at", "date")));

    assertEquals(Nd4j.create(new double[][] {{86400}, {60}, {0}}), x(data));
  }

  @Test
  void weightsAreAColumn() {
    Dataset data = load("a,b,w\n1,2,3\n4,5,6\n", Map.of("target", "b", "sample_weight", "w"));

    assertEquals(Nd4j.create(new double[][] {{1}, {4}}), x(data));
    assertEquals(Nd4j.create(new double[] {3, 6}), data.sampleWeights());
  }

  /** Rows 0 to 5 have the values 0 to 5, and ten times that. */
  private static final String SERIES =
      """
      day,a,b
      2024-01-01,0,0
      2024-01-02,1,10
      2024-01-03,2,20
      2024-01-04,3,30
      2024-01-05,4,40
      2024-01-08,5,50
      """;

  @Test
  void windowsLookBackOnTheTargetToo() {
    Dataset data = load(SERIES, Map.of("target", "b", "time", "day", "window", 3));

    assertEquals(
        Nd4j.create(
            new double[][][] {
              {{0, 0}, {1, 10}, {2, 20}}, {{1, 10}, {2, 20}, {3, 30}}, {{2, 20}, {3, 30}, {4, 40}}
            }),
        x(data));
    assertEquals(Nd4j.create(new double[][] {{30}, {40}, {50}}), y(data));
  }

  @Test
  void horizonAndStrideMoveTargetAndWindow() {
    Dataset data =
        load(
            SERIES, Map.of("target", "b", "features", "a", "window", 2, "horizon", 2, "stride", 2));

    assertEquals(Nd4j.create(new double[][][] {{{0}, {1}}, {{2}, {3}}}), x(data));
    assertEquals(Nd4j.create(new double[][] {{30}, {50}}), y(data));
  }

  @Test
  void horizonZeroIsTheLastRowOfTheWindowWithoutTheTarget() {
    Dataset data = load(SERIES, Map.of("target", "b", "time", "day", "window", 5, "horizon", 0));

    assertEquals(
        Nd4j.create(new double[][][] {{{0}, {1}, {2}, {3}, {4}}, {{1}, {2}, {3}, {4}, {5}}}),
        x(data));
    assertEquals(Nd4j.create(new double[][] {{40}, {50}}), y(data));
  }

  @Test
  void theLastRowsAreForValidation() {
    Map<String, Object> keys = Map.of("target", "b", "features", "a", "validation_split", 0.4);

    // floor(6 · 0.6) = 3 rows to train on.
    assertEquals(
        Nd4j.create(new double[][] {{0}, {10}, {20}}), y(load(SERIES, with(keys, "training"))));
    assertEquals(
        Nd4j.create(new double[][] {{30}, {40}, {50}}), y(load(SERIES, with(keys, "validation"))));
  }

  @Test
  void windowsAreSplitByTheRowOfTheirTarget() {
    Map<String, Object> keys =
        Map.of("target", "b", "features", "a", "validation_split", 0.4, "window", 2);

    Dataset train = load(SERIES, with(keys, "training"));
    Dataset validation = load(SERIES, with(keys, "validation"));

    assertEquals(Nd4j.create(new double[][] {{20}}), y(train));
    assertEquals(Nd4j.create(new double[][] {{30}, {40}, {50}}), y(validation));
    assertEquals(Nd4j.create(new double[][][] {{{1}, {2}}, {{2}, {3}}, {{3}, {4}}}), x(validation));
  }

  private static Map<String, Object> with(Map<String, Object> keys, String subset) {
    return with(keys, "subset", subset);
  }

  private static Map<String, Object> with(Map<String, Object> keys, String key, Object value) {
    Map<String, Object> all = new java.util.HashMap<>(keys);
    all.put(key, value);
    return all;
  }

  @Test
  void shuffledPartsShareNoRowAndLeaveNoneOut() {
    StringBuilder text = new StringBuilder("a,b\n");
    for (int i = 0; i < 100; i++) {
      text.append(i).append(',').append(i).append('\n');
    }
    Map<String, Object> keys =
        Map.of("target", "b", "validation_split", 0.3, "shuffle", true, "seed", 7);

    double[] all =
        y(load(text.toString(), Map.of("target", "b", "shuffle", true, "seed", 7)))
            .data()
            .asDouble();
    double[] train = y(load(text.toString(), with(keys, "training"))).data().asDouble();
    double[] validation = y(load(text.toString(), with(keys, "validation"))).data().asDouble();

    assertArrayEquals(java.util.Arrays.copyOf(all, 70), train);
    assertEquals(70, train.length);
    assertEquals(30, validation.length);
    assertEquals(
        100,
        java.util.stream.DoubleStream.concat(
                java.util.Arrays.stream(train), java.util.Arrays.stream(validation))
            .distinct()
            .count());
    assertEquals(false, java.util.Arrays.stream(validation).allMatch(v -> v >= 70));
  }

  private static final String GAPS = "a,b,c\n1,10,x\n,20,y\nNA,30,x\n4,?,y\n6,50,x\n";

  @Test
  void rowsWithMissingValuesAreDropped() {
    Dataset data = load(GAPS, Map.of("target", "b", "features", "a", "missing", "drop"));

    assertEquals(Nd4j.create(new double[][] {{1}, {6}}), x(data));
    assertEquals(Nd4j.create(new double[][] {{10}, {50}}), y(data));
  }

  @Test
  void wordsOfDroppedRowsKeepTheirNumbers() {
    Dataset data =
        load("a,c\n,x\n2,y\n3,z\n", Map.of("types", Map.of("c", "one_hot"), "missing", "drop"));

    assertEquals(Nd4j.create(new double[][] {{2, 0, 1, 0}, {3, 0, 0, 1}}), x(data));
    assertEquals(Map.of("c", List.of("x", "y", "z")), data.classes());
  }

  @Test
  void missingFeaturesBecomeZeroOrTheMeanOrWhatWasBefore() {
    assertEquals(
        Nd4j.create(new double[][] {{1}, {0}, {0}, {4}, {6}}),
        x(load(GAPS, Map.of("features", "a", "missing", "zero"))));
    // (1 + 4 + 6) / 3
    assertEquals(
        Nd4j.create(new double[][] {{1}, {11 / 3.0}, {11 / 3.0}, {4}, {6}}),
        x(load(GAPS, Map.of("features", "a", "missing", "mean"))));
    assertEquals(
        Nd4j.create(new double[][] {{1, 10}, {1, 20}, {1, 30}, {4, 30}, {6, 50}}),
        x(load(GAPS, Map.of("features", List.of("a", "b"), "missing", "forward_fill"))));
  }

  @Test
  void theMeanIsThatOfTheTrainingRows() {
    Map<String, Object> keys =
        Map.of(
            "target",
            "c",
            "features",
            "a",
            "missing",
            "mean",
            "validation_split",
            0.4,
            "subset",
            "training");

    // Rows 0, 1 and 2 train, and of them only row 0 has an a.
    assertEquals(Nd4j.create(new double[][] {{1}, {1}, {1}}), x(load(GAPS, keys)));
  }

  private Dataset load(String content, Map<String, ?> keys, double validationSplit) {
    new TableFile(folder, content);
    return TableFile.source(keys).load(folder, new DataSource.Purpose(List.of(), validationSplit));
  }

  @Test
  void theMeanIsThatOfTheSamplesThatFitTrainsOn() {
    Map<String, Object> keys = Map.of("target", "c", "features", "a", "missing", "mean");

    // floor(5 · 0.8) = 4 rows train: (1 + 4) / 2.
    assertEquals(
        Nd4j.create(new double[][] {{1}, {2.5}, {2.5}, {4}, {6}}), x(load(GAPS, keys, 0.2)));
    // Windows of two rows, the targets one after: of the first of two are the rows 0 to 2.
    assertEquals(
        Nd4j.create(new double[][][] {{{1}, {1}}, {{1}, {1}}, {{1}, {4}}}),
        x(load(GAPS, with(keys, "window", 2), 0.5)));
    // Of the three rows of the training part floor(3 · 0.4) = 1 row trains.
    Map<String, Object> parts = with(keys, "subset", "training");
    assertEquals(
        Nd4j.create(new double[][] {{1}, {1}, {1}}),
        x(load(GAPS, with(parts, "validation_split", 0.4), 0.6)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b\r\n1,2\r\n3,4\r\n",
        "a,b\r1,2\r3,4",
        "\uFEFFa,b\n1,2\n3,4\n",
        "a;b\n1;2\n3;4\n",
        "a\tb\n1\t2\n3\t4\n",
        "a|b\n1|2\n\n3|4\n\n",
        "\"a\",\"b\"\n\"1\",\"2\"\n\"3\",\"4\"",
        " a , b \n 1 , 2 \n 3 , 4 \n",
        "a, \"b\"\n1, \"2\"\n+3.0,4e0\n"
      })
  void everyNotationIsRead(String content) {
    Dataset data = load(content, Map.of("target", "b"));

    assertEquals(Nd4j.create(new double[][] {{1}, {3}}), x(data));
    assertEquals(Nd4j.create(new double[][] {{2}, {4}}), y(data));
  }

  @Test
  void quotedCellsHoldDelimitersQuotesAndLineEnds() {
    Dataset data =
        load(
            "\"a, first\",w\n1,\"x,\"\"y\"\"\"\n2,\"two\nlines\"\n3,\"two\nlines\"\n",
            Map.of("target", "w"));

    assertEquals(List.of("two\nlines", "x,\"y\""), data.classes().get("w"));
    assertEquals(Nd4j.create(new double[][] {{1}, {0}, {0}}), y(data));
  }

  @Test
  void decimalCommasAndGroupsAreRead() {
    assertEquals(
        Nd4j.create(new double[][] {{1234.5, 0.25}, {-7, 3}}),
        x(load("a;b\n1.234,5;,25\n-7;3,0\n", Map.of("decimal", ",", "thousands", "."))));
    assertEquals(
        Nd4j.create(new double[][] {{1234567.5}}),
        x(load("a\n\"1,234,567.5\"\n", Map.of("thousands", ","))));
  }

  @Test
  void filesWithoutNamesNumberTheirColumns() {
    Dataset data = load("1,2,3\n4,5,6\n", Map.of("header", false, "target", "3"));

    assertEquals(Nd4j.create(new double[][] {{1, 2}, {4, 5}}), x(data));
    assertEquals(Nd4j.create(new double[][] {{3}, {6}}), y(data));
  }

  @Test
  void otherEncodingsAndGzipAreRead() throws IOException {
    byte[] latin = "größe,b\n1,2\n".getBytes(Charset.forName("windows-1252"));
    assertEquals(
        Nd4j.create(new double[][] {{1}}),
        x(
            new TableFile(folder, latin)
                .load(Map.of("features", "größe", "encoding", "windows-1252"))));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(
        Nd4j.create(new double[][] {{1, 2}}),
        x(new TableFile(folder, packed.toByteArray()).load(Map.of())));
  }

  @Test
  void aSeriesOfOneColumnPredictsItself() {
    Dataset data = load("v\n1\n2\n3\n", Map.of("target", "v", "window", 1));

    assertEquals(Nd4j.create(new double[][][] {{{1}}, {{2}}}), x(data));
    assertEquals(Nd4j.create(new double[][] {{2}, {3}}), y(data));
  }

  @Test
  void anotherFileIsReadToPredict() {
    TableFile other = new TableFile(folder, "city,age\nRome,3\nOslo,4\n");
    Dataset data =
        TableFile.source(
                Map.of("path", "train.csv", "target", "income", "types", Map.of("city", "one_hot")))
            .toPredict(other.path(), Map.of("city", List.of("Bern", "Oslo", "Rome")))
            .orElseThrow()
            .load(folder);

    assertEquals(Nd4j.create(new double[][] {{0, 0, 1, 3}, {0, 1, 0, 4}}), x(data));
    assertEquals(List.of(), data.targets());
  }

  @Test
  void theLastWindowIsPredictedToo() {
    TableFile other = new TableFile(folder, SERIES);
    Dataset data =
        TableFile.source(Map.of("target", "b", "features", "b", "window", 5))
            .toPredict(other.path(), Map.of())
            .orElseThrow()
            .load(folder);

    assertEquals(
        Nd4j.create(
            new double[][][] {{{0}, {10}, {20}, {30}, {40}}, {{10}, {20}, {30}, {40}, {50}}}),
        x(data));
  }
}
