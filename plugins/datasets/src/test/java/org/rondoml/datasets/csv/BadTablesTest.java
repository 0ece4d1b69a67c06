package org.rondoml.datasets.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondoml.api.DataException;
import org.rondoml.core.spi.DataSource;

/** What is said of files that can't be read; FILE stands for the file's name. */
class BadTablesTest {
  private static final String CURE =
      "\nthe key missing says what to do about missing values: drop leaves their rows out; zero, mean"
          + " and forward_fill put a number there";

  @TempDir private Path folder = Path.of("");

  private void assertRefused(String message, String content, Map<String, ?> keys) {
    assertRefused(message, new TableFile(folder, content), keys);
  }

  private void assertRefused(String message, TableFile file, Map<String, ?> keys) {
    DataException refusal = assertThrows(DataException.class, () -> file.load(keys));
    assertEquals(message.replace("FILE", file.path().toString()), refusal.getMessage());
  }

  @Test
  void noFile() {
    DataSource source = TableFile.source(Map.of("path", "none.csv"));
    DataException refusal = assertThrows(DataException.class, () -> source.load(folder));
    assertEquals(folder.resolve("none.csv") + ": no such file", refusal.getMessage());
  }

  @Test
  void aFolder() {
    DataSource source = TableFile.source(Map.of("path", "."));
    DataException refusal = assertThrows(DataException.class, () -> source.load(folder));
    assertEquals(folder.resolve(".") + ": is a folder; expected a file", refusal.getMessage());
  }

  @Test
  void nothingInIt() {
    assertRefused(
        "FILE: is empty; expected a row of names, then rows of values", "", Map.of("target", "a"));
    assertRefused("FILE: is empty; expected a row of names, then rows of values", "\n\n", Map.of());
    assertRefused("FILE: is empty; expected rows of values", "", Map.of("header", false));
    assertRefused(
        "FILE: has the names of columns, but no rows of values below them", "a,b\n", Map.of());
  }

  @Test
  void raggedRows() {
    assertRefused(
        "FILE:3: found 3 values, expected 2, one for each column\n"
            + "FILE:4: found 1 value, expected 2, one for each column",
        "a,b\n1,2\n1,2,3\n4\n5,6\n",
        Map.of());
  }

  @Test
  void wordsAmongNumbers() {
    assertRefused(
        "FILE:4: column 'a': found x, expected a number", "a,b\n1,2\n2,3\nx,4\n", Map.of());
    assertRefused(
        "FILE:4: column 'a': found 3,5, expected a number: see the keys decimal and thousands",
        "a;b\n1;2\n2;3\n3,5;4\n",
        Map.of());
  }

  @Test
  void theFirstMistakesAndHowManyMore() {
    StringBuilder text = new StringBuilder("a,b\n");
    StringBuilder told = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      text.append(i).append(i % 2 == 0 ? ",1\n" : ",oops\n");
    }
    for (int line = 3; line <= 11; line += 2) {
      told.append("FILE:").append(line).append(": column 'b': found oops, expected a number\n");
    }
    assertRefused(told + "and 5 more", text.toString(), Map.of());
  }

  @Test
  void linesAreCountedThroughQuotedLineEnds() {
    assertRefused(
        "FILE:6: column 'b': found z, expected a number",
        "a,b\n\"two\nlines\",2\n\nw,3\nw,z\n",
        Map.of());
    assertRefused(
        "FILE:4: column 'b': found z, expected a number", "a,b\r\nw,2\r\nw,3\r\nw,z\r\n", Map.of());
  }

  @Test
  void numbersThatAreNotFinite() {
    assertRefused(
        "FILE:3: column 'a': found -inf, expected a finite number\n"
            + "FILE:4: column 'a': found 1e999, expected a finite number",
        "a,b\n1,2\n-inf,2\n1e999,3\n5,6\n2,6\n",
        Map.of());
    assertRefused(
        "FILE:3: column 'a': found NaN, expected a finite number",
        "a,b\n1,2\nNaN,2\n",
        Map.of("missing_values", List.of()));
  }

  @Test
  void missingValues() {
    assertRefused(
        "FILE:2: column 'a': found nothing, which is missing; expected a number\n"
            + "FILE:3: column 'b': found NaN, which is missing; expected a number"
            + CURE,
        "a,b\n,2\n2,NaN\n3,4\n",
        Map.of());
    assertRefused(
        "FILE:2: column 'a': found NA, which is missing; expected a number, and no row before it has"
            + " one to fill in",
        "a,b\nNA,2\n3,4\n",
        Map.of("missing", "forward_fill"));
    assertRefused(
        "FILE:3: column 'a': found ?, which is missing; expected a category, and there is no zero or"
            + " mean of such values",
        "a,b\nx,2\n?,4\n",
        Map.of("missing", "mean"));
    assertRefused(
        "FILE:3: column 'b': found nothing, which is missing; expected a number",
        "a,b\n1,2\n3,\n",
        Map.of("missing", "zero", "target", "b"));
    assertRefused(
        "FILE: every row has a missing value, and missing: drop is set",
        "a,b\n,2\n",
        Map.of("missing", "drop"));
  }

  @Test
  void bytesThatAreNoText() {
    byte[] text = "a,b\n1,2\n3,x\n".getBytes(StandardCharsets.UTF_8);
    text[10] = (byte) 0xE9;
    assertRefused(
        "FILE:3: byte 0xE9 is not UTF-8: save the file in UTF-8, or name what it is in, such as"
            + " encoding: windows-1252",
        new TableFile(folder, text),
        Map.of());
    byte[] large = new byte[300_000];
    Arrays.fill(large, (byte) '1');
    for (int i = 3; i < large.length; i += 4) {
      large[i] = '\n';
    }
    large[0] = 'a';
    large[250_000] = (byte) 0xFF;
    assertRefused(
        "FILE:62501: byte 0xFF is not UTF-8: save the file in UTF-8, or name what it is in, such as"
            + " encoding: windows-1252",
        new TableFile(folder, large),
        Map.of());
    assertRefused(
        "FILE: is in UTF-16, expected UTF-8: save it in UTF-8, or write encoding: utf-16",
        new TableFile(folder, "\uFEFFa,b\n1,2\n".getBytes(StandardCharsets.UTF_16LE)),
        Map.of());
    assertRefused(
        "FILE: is a ZIP archive or a workbook, expected plain text: unpack it, or save the table as"
            + " CSV",
        "PK\3\4",
        Map.of());
  }

  @Test
  void quotesThatAreNotClosed() {
    assertRefused(
        "FILE:3: a quote in this row, or after it, is opened and never closed",
        "a,b\n1,2\n3,\"4\n5,6\n",
        Map.of("delimiter", ","));
  }

  @Test
  void textAfterAQuote() {
    assertRefused(
        "FILE:2: Unexpected character ('y' (code 121)): Expected column separator character (',' (code"
            + " 44)) or end-of-line",
        "a,b\n\"x\"y,2\n",
        Map.of());
  }

  @Test
  void namesThatAreNone() {
    assertRefused(
        "FILE:1: the columns 1 and 3 are both named 'a'; expected different names: change one in the"
            + " file",
        "a,b,a\n1,2,3\n",
        Map.of());
    assertRefused(
        "FILE:1: found numbers, 1, 2, expected the names of the columns: write header: false where"
            + " the file has none",
        "1,2\n3,4\n",
        Map.of());
    assertRefused(
        "FILE: column 'unnamed_1' has no name in the file, as the number of the row often hasn't,"
            + " which is no input: leave it out with exclude: [unnamed_1], or list the inputs under"
            + " features",
        ",a,b\n0,1,2\n1,3,4\n",
        Map.of("target", "b"));
  }

  @Test
  void columnsThatAreNotThere() {
    assertRefused(
        "FILE: no column 'prise' (did you mean 'price'?); it has day, price",
        "day,price\n1,2\n",
        Map.of("target", "prise"));
    assertRefused(
        "FILE: no column 'zzz'; it has day, price",
        "day,price\n1,2\n",
        Map.of("types", Map.of("zzz", "number")));
  }

  @Test
  void nothingLeftToPredictFrom() {
    assertRefused(
        "FILE: no column is left for the inputs; it has v, of which the target is no input: with"
            + " window, its past values are",
        "v\n1\n2\n",
        Map.of("target", "v"));
  }

  @Test
  void columnsOfAnotherKind() {
    StringBuilder names = new StringBuilder("name,b\n");
    for (int i = 0; i < 30; i++) {
      names.append('n').append(i).append(",1\n");
    }
    assertRefused(
        "FILE: column 'name' holds text, such as n0, with 30 different values in the first 30 rows,"
            + " expected numbers or a category: leave it out with exclude: [name], or write types:"
            + " {name: category} where it is one",
        names.toString(),
        Map.of("target", "b"));
    assertRefused(
        "FILE: column 'day' holds dates, which are no input or target by themselves: write time: day"
            + " where rows are in their order, or leave it out with exclude: [day]",
        "day,b\n2024-01-01,1\n",
        Map.of("target", "b"));
    assertRefused(
        "FILE: column 'a' holds numbers with a comma, such as 1,5: write decimal: ',' where that is"
            + " the decimal mark, or thousands: ',' where it groups digits",
        "a;b\n1,5;2\n2,5;3\n",
        Map.of("target", "b"));
    assertRefused(
        "FILE: column 'c' is a category, and so the only target that a model file can have; found the"
            + " targets a, c",
        "a,b,c\n1,2,x\n3,4,y\n",
        Map.of("target", List.of("a", "c")));
    assertRefused(
        "FILE:3: column 'c': found z, expected one of x, y",
        "b,c\n2,x\n3,z\n",
        Map.of("categories", Map.of("c", List.of("x", "y"))));
  }

  @Test
  void timeThatGoesBack() {
    assertRefused(
        "FILE:3: column 'day': found 2024-01-01 after 2024-01-02, expected time to go forward",
        "day,b\n2024-01-02,1\n2024-01-01,1\n",
        Map.of("target", "b", "window", 1, "time", "day"));
    assertRefused(
        "FILE: column 'day' holds 01.02.2024, expected a date such as 2024-01-31 or 2024-01-31T12:30,"
            + " or numbers",
        "day,b\n01.02.2024,1\n",
        Map.of("target", "b", "window", 1, "time", "day"));
    assertRefused(
        "FILE:4: column 'day': found 2024-02-30, expected a date such as 2024-01-31 or"
            + " 2024-01-31T12:30",
        "day,b\n2024-01-02,1\n2024-01-03,1\n2024-02-30,1\n",
        Map.of("target", "b", "window", 1, "time", "day"));
  }

  @Test
  void tooFewRows() {
    assertRefused(
        "FILE: 2 rows, expected at least 4: a window of 3 and a target 1 after it",
        "v\n1\n2\n",
        Map.of("target", "v", "window", 3));
    assertRefused(
        "FILE: validation_split 0.4 of 4 rows leaves no sample in the training part",
        "v\n1\n2\n3\n4\n",
        Map.of("target", "v", "window", 2, "subset", "training", "validation_split", 0.4));
  }
}
