package org.rondoml.datasets.csv;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.DataException;

/** The names of a file's columns. */
final class CsvHeader {
  private static final String UNNAMED = "unnamed_";

  private CsvHeader() {}

  /**
   * The names in the first row. A column without a name, such as the index that pandas writes, gets
   * {@code unnamed_1}, after its place.
   *
   * @throws DataException where there are none, or two are the same, or they are numbers
   */
  static List<String> named(Path file, @Nullable List<String> row, long line, NumberCells numbers) {
    if (row == null) {
      throw new DataException(file + ": is empty; expected a row of names, then rows of values");
    }
    List<String> names = new ArrayList<>();
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < row.size(); i++) {
      String name = row.get(i).isEmpty() ? UNNAMED + (i + 1) : row.get(i);
      Integer before = places.putIfAbsent(name, i + 1);
      if (before != null) {
        throw new DataException(
            file
                + ":"
                + line
                + ": the columns "
                + before
                + " and "
                + (i + 1)
                + " are both named '"
                + name
                + "'; expected different names: change one in the file");
      }
      names.add(name);
    }
    if (row.stream().allMatch(numbers::isNumber)) {
      throw new DataException(
          file
              + ":"
              + line
              + ": found numbers, "
              + Cells.shown(String.join(", ", row))
              + ", expected the names of the columns: write header: false where the file has none");
    }
    return names;
  }

  /** The names of the columns of a file without: {@code 1}, {@code 2} and so on. */
  static List<String> numbered(Path file, @Nullable List<String> row) {
    if (row == null) {
      throw new DataException(file + ": is empty; expected rows of values");
    }
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= row.size(); i++) {
      names.add(Integer.toString(i));
    }
    return names;
  }

  /** Whether a name was made up, because the file has none. */
  static boolean isMadeUp(String name) {
    return name.startsWith(UNNAMED);
  }
}
