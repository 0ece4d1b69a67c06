package org.rondoml.datasets.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondoml.api.DataException;
import org.rondoml.core.spi.ColumnDescription;
import org.rondoml.core.spi.ColumnDescription.Content;
import org.rondoml.core.spi.TableDescription;

/** What is found out about a file that nobody has told anything of. */
class CsvDescriptionTest {
  @TempDir private Path folder = Path.of("");

  private TableDescription describe(String content) {
    return new CsvSource.Provider()
        .describe(new TableFile(folder, content).path(), null)
        .orElseThrow();
  }

  private static ColumnDescription column(
      String name,
      Content content,
      List<String> classes,
      long missing,
      boolean startsMissing,
      boolean whole,
      double least,
      double greatest) {
    return new ColumnDescription(
        name, content, classes, missing, startsMissing, whole, least, greatest);
  }

  @Test
  void everyKindOfColumn() {
    StringBuilder text = new StringBuilder("n,w,b,c,t,d,x\n");
    for (int i = 0; i < 12; i++) {
      text.append(i == 0 ? "" : i == 3 ? "-2.5" : "1")
          .append(',')
          .append(i)
          .append(',')
          .append(i % 2 == 0)
          .append(',')
          .append(i % 3 == 0 ? "y" : "x")
          .append(String.format(",2024-01-%02d,2024-01-%02d,text %d\n", i + 1, 12 - i, i));
    }
    TableDescription table = describe(text.toString());

    assertEquals(12, table.rows());
    assertEquals(Map.of(), table.keys());
    assertEquals(
        List.of(
            column("n", Content.NUMBER, List.of(), 1, true, false, -2.5, 1),
            column("w", Content.NUMBER, List.of(), 0, false, true, 0, 11),
            column("b", Content.BOOLEAN, List.of(), 0, false, false, 0, 0),
            column("c", Content.CATEGORY, List.of("x", "y"), 0, false, false, 0, 0),
            column("t", Content.TIME, List.of(), 0, false, false, 0, 0),
            column("d", Content.DATE, List.of(), 0, false, false, 0, 0),
            column("x", Content.TEXT, List.of(), 0, false, false, 0, 0)),
        table.columns());
  }

  @Test
  void theKeysThatAFileNeeds() {
    assertEquals(Map.of("decimal", ","), describe("a;b\n1,5;2\n2,5;3\n").keys());
    assertEquals(Map.of("thousands", ","), describe("a,b\n\"1,500\",2\n\"2,500\",3\n").keys());
    assertEquals(Map.of("header", "false"), describe("1,2\n3,4\n").keys());
    assertEquals(
        List.of("1", "2"),
        describe("1,2\n3,4\n").columns().stream().map(ColumnDescription::name).toList());
    assertEquals(2, describe("1,2\n3,4\n").rows());
  }

  @Test
  void otherFilesAreNoTables() {
    assertEquals(Optional.empty(), new CsvSource.Provider().describe(Path.of("x.npy"), null));
  }

  @Test
  void mistakesAreTold() {
    TableFile file = new TableFile(folder, "a,b\n1,2\n2,3\nx,4\n");
    DataException bad =
        assertThrows(
            DataException.class, () -> new CsvSource.Provider().describe(file.path(), null));
    assertEquals(file.path() + ":4: column 'a': found x, expected a number", bad.getMessage());
  }

  @Test
  void sequencesAreCountedAndMeasured() {
    TableFile file =
        new TableFile(folder, "s,a,b,c\nA,1,x,5\nA,2,x,5\nB,3,y,5\nC,4,x,5\nC,4,x,6\n");
    CsvSource.Provider csv = new CsvSource.Provider();

    assertEquals(
        new TableDescription.Sequences(3, 2, List.of("s", "b")),
        csv.describe(file.path(), "s").orElseThrow().sequences());
    assertNull(csv.describe(file.path(), "t").orElseThrow().sequences());
    assertNull(csv.describe(file.path(), null).orElseThrow().sequences());
  }
}
