package org.rondoml.datasets.csv;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.DataException;
import org.rondoml.core.io.DataFiles;
import org.rondoml.datasets.TextFile;

/**
 * Reads the columns of a file that are needed. Their types come from the model file, or else from
 * the first {@value #SAMPLE} rows; every cell of every row is checked.
 */
final class CsvTable {
  /** How many rows decide on types. */
  static final int SAMPLE = 1000;

  private final Path file;
  private final CsvSource.Config config;
  private final NumberCells numbers;
  private final Set<String> missing;
  private final BadCells bad;

  /** A file, read as keys say. */
  CsvTable(Path file, CsvSource.Config config) {
    this.file = file;
    this.config = config;
    this.numbers =
        new NumberCells(config.notation().decimalMark(), config.notation().thousandsMark());
    this.missing = new HashSet<>(config.missingValues());
    this.bad = new BadCells(file);
  }

  /**
   * A row and its place.
   *
   * @param line the line on which it begins
   * @param cells its cells
   */
  record Row(long line, List<String> cells) {
    Row {
      cells = List.copyOf(cells);
    }
  }

  /**
   * A file that has been opened.
   *
   * @param header the names of its columns
   * @param sample its first rows
   */
  record Start(List<String> header, List<Row> sample) {
    Start {
      header = List.copyOf(header);
      sample = List.copyOf(sample);
    }
  }

  /**
   * What has been read.
   *
   * @param roles what each column is for
   * @param columns the columns by name
   * @param sequences which rows are together, or null where there are no sequences
   */
  record Content(Roles roles, Map<String, Column> columns, @Nullable SequenceRows sequences) {
    Content {
      columns = new LinkedHashMap<>(columns);
    }

    /** The inputs. */
    RowValues features() {
      return new RowValues(roles.features().stream().map(this::column).toList());
    }

    /** What is to be predicted. */
    RowValues targets() {
      return new RowValues(roles.targets().stream().map(this::column).toList());
    }

    /** How much rows count; null where all count the same. */
    @Nullable RowValues weights() {
      String name = roles.sampleWeight();
      return name == null ? null : new RowValues(List.of(column(name)));
    }

    /** The words that class numbers stand for, by the names of the columns that have any. */
    Map<String, List<String>> classes() {
      Map<String, List<String>> classes = new LinkedHashMap<>();
      columns.forEach(
          (name, column) -> {
            List<String> words = column.classes();
            if (words != null) {
              classes.put(name, words);
            } else if (column.type() == ColumnType.BOOLEAN && roles.targets().contains(name)) {
              classes.put(name, List.of("false", "true"));
            }
          });
      return classes;
    }

    /** A column. */
    Column column(String name) {
      return Objects.requireNonNull(columns.get(name), name);
    }
  }

  /** The rows, from the first. */
  CsvRows open() {
    DataFiles.requireFile(file);
    NotationKeys notation = config.notation();
    return CsvRows.open(
        file, new CsvDialect(delimiter(), notation.quoteMark(), notation.charset()));
  }

  /** What stands between cells: what the keys say, or else what the first rows have. */
  char delimiter() {
    NotationKeys notation = config.notation();
    Character named = notation.delimiterMark();
    if (named != null) {
      return named;
    }
    TextFile text = new TextFile(file, notation.charset());
    try (Reader reader = text.open()) {
      return new DelimiterGuess(notation.quoteMark(), notation.decimalMark()).of(reader);
    } catch (IOException e) {
      throw CsvRows.failure(file, 1, text, e);
    }
  }

  /** The names and the first rows. */
  Start start(CsvRows rows) {
    List<String> first = rows.next();
    List<Row> sample = new ArrayList<>();
    List<String> header;
    if (config.header()) {
      header = CsvHeader.named(file, first, rows.line(), numbers);
    } else {
      header = CsvHeader.numbered(file, first);
      sample.add(new Row(rows.line(), Objects.requireNonNull(first)));
    }
    List<String> row = null;
    while (sample.size() < SAMPLE && (row = rows.next()) != null) {
      sample.add(new Row(rows.line(), row));
    }
    if (sample.isEmpty()) {
      throw new DataException(
          file + ": has the names of columns, but no rows of values below them");
    }
    return new Start(header, sample);
  }

  /**
   * Reads the file.
   *
   * @param predicting whether targets needn't be there
   * @param known the words of categories as training knew them
   * @throws DataException where anything is wrong with it
   */
  Content read(boolean predicting, Map<String, List<String>> known) {
    try (CsvRows rows = open()) {
      Start start = start(rows);
      Roles roles = Roles.of(config, start.header(), predicting, file);
      Map<String, Column> columns = new LinkedHashMap<>();
      for (String name : roles.columns()) {
        columns.put(name, column(name, start, roles, known, predicting));
      }
      String sequence = roles.sequence();
      SequenceRows sequences = sequence == null ? null : new SequenceRows(sequence, bad);
      Intake intake = new Intake(start.header(), columns, sequences, policy(predicting));
      start.sample().forEach(row -> intake.add(row.line(), row.cells()));
      List<String> row;
      while ((row = rows.next()) != null) {
        intake.add(rows.line(), row);
      }
      bad.throwIfAny();
      for (Column column : columns.values()) {
        finish(column);
      }
      return new Content(roles, columns, sequences);
    }
  }

  /** Gives each row's cells to the columns. */
  private final class Intake {
    private final int width;
    private final Map<Integer, Column> places = new LinkedHashMap<>();
    private final @Nullable SequenceRows sequences;
    private final int sequencePlace;
    private final MissingPolicy policy;

    Intake(
        List<String> header,
        Map<String, Column> columns,
        @Nullable SequenceRows sequences,
        MissingPolicy policy) {
      width = header.size();
      columns.forEach((name, column) -> places.put(header.indexOf(name), column));
      this.sequences = sequences;
      sequencePlace = sequences == null ? -1 : header.indexOf(sequences.column());
      this.policy = policy;
    }

    void add(long line, List<String> cells) {
      if (cells.size() != width) {
        bad.addRagged(line, cells.size(), width);
        return;
      }
      if (policy == MissingPolicy.DROP && hasGap(cells)) {
        // What words there are, and so what numbers they have, doesn't depend on gaps elsewhere.
        places.forEach((place, column) -> note(line, cells.get(place), column));
        return;
      }
      if (sequences != null) {
        addToSequence(sequences, line, cells.get(sequencePlace));
      }
      places.forEach((place, column) -> add(line, cells.get(place), column));
    }

    private boolean hasGap(List<String> cells) {
      return places.keySet().stream().anyMatch(place -> isMissing(cells.get(place)))
          || (sequences != null && isMissing(cells.get(sequencePlace)));
    }

    private void addToSequence(SequenceRows all, long line, String name) {
      if (isMissing(name)) {
        bad.add(
            line,
            all.column(),
            "found " + Cells.shown(name) + ", which is missing; expected the name of a sequence");
      } else if (all.add(line, name)) {
        places.values().forEach(Column::begin);
      }
    }

    private void note(long line, String cell, Column column) {
      try {
        column.note(cell);
      } catch (CellException e) {
        bad.add(line, column.name(), String.valueOf(e.getMessage()));
      }
    }

    private void add(long line, String cell, Column column) {
      try {
        column.add(cell);
      } catch (CellException e) {
        bad.add(line, column.name(), String.valueOf(e.getMessage()));
        if (config.missing() == MissingPolicy.ERROR && isMissing(cell)) {
          bad.cure(
              "the key missing says what to do about missing values: drop leaves their rows out;"
                  + " zero, mean and forward_fill put a number there");
        }
      }
    }
  }

  /** Every row that is given gets its prediction, and new rows tell no mean of the old. */
  private MissingPolicy policy(boolean predicting) {
    MissingPolicy policy = config.missing();
    boolean needsTraining = policy == MissingPolicy.DROP || policy == MissingPolicy.MEAN;
    return predicting && needsTraining ? MissingPolicy.ERROR : policy;
  }

  /** Whether a cell is missing. */
  boolean isMissing(String cell) {
    return missing.contains(cell);
  }

  private Column column(
      String name, Start start, Roles roles, Map<String, List<String>> known, boolean predicting) {
    List<String> cells = cells(start.header().indexOf(name), start);
    List<String> words = config.categories().getOrDefault(name, known.get(name));
    ColumnType type = config.types().get(name);
    if (type == null) {
      type = words != null ? ColumnType.CATEGORY : guessed(name, cells, roles);
    }
    boolean time = name.equals(roles.time());
    boolean target = roles.targets().contains(name);
    checkRole(name, type, time, roles);
    boolean kept = time || target || name.equals(roles.sampleWeight());
    MissingPolicy policy = policy(predicting);
    if (kept && (policy == MissingPolicy.ZERO || policy == MissingPolicy.MEAN)) {
      // What a row is compared with, counts for or is ordered by is never made up.
      policy = MissingPolicy.ERROR;
    }
    return new Column(name, type, reader(type, words), this::isMissing, policy, rule(name, roles));
  }

  private RowRule rule(String name, Roles roles) {
    if (name.equals(roles.time())) {
      return RowRule.ASCENDS;
    }
    boolean ofSequence =
        config.sequences().hasTargetPerSequence()
            && (roles.targets().contains(name) || name.equals(roles.sampleWeight()));
    return ofSequence ? RowRule.SAME : RowRule.NONE;
  }

  /** What reads cells of a type. */
  Cells reader(ColumnType type, @Nullable List<String> words) {
    return switch (type) {
      case NUMBER -> numbers;
      case BOOLEAN -> new BooleanCells();
      case DATE -> new DateCells();
      case CATEGORY, ONE_HOT -> new CategoryCells(words);
    };
  }

  /** The cells of the first rows that are not missing. */
  private List<String> cells(int place, Start start) {
    return start.sample().stream()
        .filter(row -> row.cells().size() == start.header().size())
        .map(row -> row.cells().get(place))
        .filter(cell -> !isMissing(cell))
        .toList();
  }

  /** What a column looks like. */
  CsvDescription.Typed guess(int place, Start start) {
    return CsvDescription.Typed.of(new TypeGuess(numbers).of(cells(place, start)), this);
  }

  /** Whether a column holds numbers with a comma that no key explains. */
  boolean hasOtherNotation(int place, Start start) {
    return new TypeGuess(numbers).hasOtherNotation(cells(place, start));
  }

  /** How numbers are written. */
  NumberCells numbers() {
    return numbers;
  }

  private ColumnType guessed(String name, List<String> cells, Roles roles) {
    TypeGuess guess = new TypeGuess(numbers);
    Optional<ColumnType> type = guess.of(cells);
    if (type.isPresent() && type.get() != ColumnType.CATEGORY) {
      return type.get();
    }
    String where = file + ": column '" + name + "' ";
    if (guess.hasOtherNotation(cells)) {
      throw new DataException(
          where
              + "holds numbers with a comma, such as "
              + cells.stream().filter(numbers::isOtherNotation).findFirst().orElse("")
              + ": write decimal: ',' where that is the decimal mark, or thousands: ',' where it"
              + " groups digits");
    }
    if (name.equals(roles.time())) {
      throw new DataException(
          where
              + "holds "
              + example(cells)
              + ", expected "
              + ColumnType.DATE.expected()
              + ", or numbers");
    }
    return type.orElseThrow(
        () ->
            new DataException(
                where
                    + "holds text, such as "
                    + example(cells)
                    + ", with "
                    + cells.stream().distinct().count()
                    + " different values in the first "
                    + cells.size()
                    + " rows, expected numbers or a category: leave it out with exclude: ["
                    + name
                    + "], or write types: {"
                    + name
                    + ": category} where it is one"));
  }

  private static String example(List<String> cells) {
    return cells.isEmpty() ? "nothing" : Cells.shown(cells.get(0));
  }

  private void checkRole(String name, ColumnType type, boolean time, Roles roles) {
    String where = file + ": column '" + name + "' ";
    if (time) {
      if (type != ColumnType.DATE && type != ColumnType.NUMBER) {
        throw new DataException(where + "is the time, expected dates or numbers");
      }
      return;
    }
    if (type == ColumnType.DATE && !config.types().containsKey(name)) {
      throw new DataException(
          where
              + "holds dates, which are no input or target by themselves: write time: "
              + name
              + " where rows are in their order, or leave it out with exclude: ["
              + name
              + "]");
    }
    if (CsvHeader.isMadeUp(name) && config.features() == null && config.header()) {
      throw new DataException(
          where
              + "has no name in the file, as the number of the row often hasn't, which is no input:"
              + " leave it out with exclude: ["
              + name
              + "], or list the inputs under features");
    }
    if (name.equals(roles.sampleWeight()) && type != ColumnType.NUMBER) {
      throw new DataException(where + "is the sample_weight, expected numbers");
    }
    if (type.hasClasses() && roles.targets().contains(name) && roles.targets().size() > 1) {
      throw new DataException(
          where
              + "is a category, and so the only target that a model file can have; found the targets "
              + String.join(", ", roles.targets()));
    }
  }

  private void finish(Column column) {
    column.finish();
    List<String> words = column.classes();
    boolean asked =
        config.types().containsKey(column.name()) || config.categories().containsKey(column.name());
    if (words != null && words.size() > Column.MOST_CLASSES && !asked) {
      throw new DataException(
          file
              + ": column '"
              + column.name()
              + "' holds "
              + words.size()
              + " different words, which is hardly a category: leave it out with exclude: ["
              + column.name()
              + "], or write types: {"
              + column.name()
              + ": category} where it is one");
    }
  }
}
