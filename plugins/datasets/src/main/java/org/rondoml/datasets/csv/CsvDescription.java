package org.rondoml.datasets.csv;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.ColumnDescription;
import org.rondoml.core.spi.ColumnDescription.Content;
import org.rondoml.core.spi.DataSource;
import org.rondoml.core.spi.TableDescription;

/** Finds out what a file holds: its notation, and of each column the type and the range. */
final class CsvDescription {
  private final Path file;
  private final @Nullable String sequence;
  private final Map<String, Object> keys = new LinkedHashMap<>();

  /**
   * A file to look at.
   *
   * @param sequence the column by which rows are sequences, or null where they are none
   */
  CsvDescription(Path file, @Nullable String sequence) {
    this.file = file;
    this.sequence = sequence;
  }

  /** What the file holds. */
  TableDescription read() {
    CsvTable table = table();
    try (CsvRows rows = table.open()) {
      CsvTable.Start start = table.start(rows);
      List<Summary> columns = new ArrayList<>();
      for (int i = 0; i < start.header().size(); i++) {
        columns.add(new Summary(start.header().get(i), table.guess(i, start)));
      }
      BadCells bad = new BadCells(file);
      int place = sequence == null ? -1 : start.header().indexOf(sequence);
      SequenceRows sequences =
          sequence == null || place < 0 ? null : new SequenceRows(sequence, bad);
      long count = 0;
      for (CsvTable.Row row : start.sample()) {
        count++;
        add(row.line(), row.cells(), columns, table, bad, sequences, place);
      }
      List<String> row;
      while ((row = rows.next()) != null) {
        count++;
        add(rows.line(), row, columns, table, bad, sequences, place);
      }
      bad.throwIfAny();
      Map<String, String> needed = new LinkedHashMap<>();
      keys.forEach((key, value) -> needed.put(key, value.toString()));
      return new TableDescription(
          count,
          needed,
          columns.stream().map(Summary::told).toList(),
          sequences == null ? null : told(sequences, columns));
    }
  }

  /** The table, with the keys that its notation needs. */
  private CsvTable table() {
    CsvTable table = new CsvTable(file, config());
    try (CsvRows rows = table.open()) {
      List<String> first = rows.next();
      if (first != null && first.stream().allMatch(cell -> table.numbers().isNumber(cell))) {
        keys.put("header", false);
      }
    }
    CsvTable headed = new CsvTable(file, config());
    try (CsvRows rows = headed.open()) {
      CsvTable.Start start = headed.start(rows);
      for (int place = 0; place < start.header().size(); place++) {
        if (headed.hasOtherNotation(place, start)) {
          keys.put(headed.delimiter() == ',' ? "thousands" : "decimal", ",");
        }
      }
    }
    return new CsvTable(file, config());
  }

  private CsvSource.Config config() {
    Map<String, Object> all = new LinkedHashMap<>(keys);
    all.put("path", file.toString());
    DataSource source =
        Registry.of(List.of(new CsvSource.Provider()))
            .create(DataSource.class, "csv", all, Semantics.KERAS3);
    return ((CsvSource) source).config();
  }

  private static TableDescription.Sequences told(SequenceRows sequences, List<Summary> columns) {
    return new TableDescription.Sequences(
        sequences.count(),
        sequences.longest(),
        columns.stream().filter(c -> c.constant).map(c -> c.name).toList());
  }

  private static void add(
      long line,
      List<String> cells,
      List<Summary> columns,
      CsvTable table,
      BadCells bad,
      @Nullable SequenceRows sequences,
      int sequencePlace) {
    if (cells.size() != columns.size()) {
      bad.addRagged(line, cells.size(), columns.size());
      return;
    }
    if (sequences != null) {
      boolean begins = sequences.add(line, cells.get(sequencePlace));
      for (int place = 0; place < cells.size(); place++) {
        columns.get(place).addToSequence(cells.get(place), begins);
      }
    }
    for (int place = 0; place < cells.size(); place++) {
      Summary column = columns.get(place);
      try {
        column.add(cells.get(place), table);
      } catch (CellException e) {
        bad.add(line, column.name, String.valueOf(e.getMessage()));
      }
    }
  }

  /** What is known of a column so far. */
  private static final class Summary {
    private final String name;
    private final @Nullable ColumnType type;
    private final Cells cells;
    private long missing;
    private boolean startsMissing;
    private long present;
    private double least;
    private double greatest;
    private double last;
    private boolean whole = true;
    private boolean ascends = true;
    private boolean constant = true;
    private String before = "";

    private Summary(String name, Typed typed) {
      this.name = name;
      this.type = typed.type();
      this.cells = typed.cells();
    }

    private void addToSequence(String cell, boolean begins) {
      constant &= begins || cell.equals(before);
      before = cell;
    }

    private void add(String cell, CsvTable table) throws CellException {
      if (table.isMissing(cell)) {
        startsMissing |= present + missing == 0;
        missing++;
        return;
      }
      present++;
      if (type == null) {
        return;
      }
      double value = cells.read(cell);
      boolean first = present == 1;
      ascends &= first || value > last;
      least = first ? value : Math.min(least, value);
      greatest = first ? value : Math.max(greatest, value);
      whole &= value == Math.rint(value);
      last = value;
    }

    private ColumnDescription told() {
      List<String> words = cells instanceof CategoryCells category ? category.classes() : List.of();
      ColumnType known = words.size() > Column.MOST_CLASSES ? null : type;
      boolean text = known == null;
      boolean numbers = type == ColumnType.NUMBER;
      return new ColumnDescription(
          name,
          known == null ? Content.TEXT : content(known),
          text ? List.of() : words,
          missing,
          startsMissing,
          numbers && whole,
          numbers ? least : 0,
          numbers ? greatest : 0);
    }

    private Content content(ColumnType known) {
      return switch (known) {
        case NUMBER -> Content.NUMBER;
        case BOOLEAN -> Content.BOOLEAN;
        case CATEGORY, ONE_HOT -> Content.CATEGORY;
        case DATE -> ascends && missing == 0 ? Content.TIME : Content.DATE;
      };
    }
  }

  /**
   * The type of a column, and what reads its cells.
   *
   * @param type the type, or null for free text
   * @param cells reads them
   */
  record Typed(@Nullable ColumnType type, Cells cells) {
    /** A guessed type. */
    static Typed of(Optional<ColumnType> type, CsvTable table) {
      return new Typed(type.orElse(null), table.reader(type.orElse(ColumnType.CATEGORY), null));
    }
  }
}
