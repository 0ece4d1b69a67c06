package org.rondoml.datasets.csv;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.DataSource;
import org.rondoml.core.spi.Dataset;
import org.rondoml.core.spi.Padding;

/**
 * Puts the sequences of a table into arrays of samples, each padded or truncated to the same number
 * of steps. Parts and order are those of whole sequences.
 *
 * <p>Source: {@code pad_sequences} in {@code keras/src/utils/sequence_utils.py}.
 */
final class SequenceArrays {
  /** What a step that was put there has for a target, a class that every model knows. */
  private static final double NO_TARGET = 0;

  private final SequenceKeys keys;
  private final CsvTable.Content table;
  private final SequenceRows sequences;
  private final DataSource.Purpose purpose;
  private final boolean predicting;
  private final Path file;
  private final Parts parts;

  /**
   * The samples of a table that has been read.
   *
   * @param predicting whether each row is to get its prediction
   */
  SequenceArrays(
      CsvSource.Config config,
      CsvTable.Content table,
      Path file,
      DataSource.Purpose purpose,
      boolean predicting) {
    this.keys = config.sequences();
    this.table = table;
    this.sequences = Objects.requireNonNull(table.sequences());
    this.purpose = purpose;
    this.predicting = predicting;
    this.file = file;
    this.parts = new Parts(config.split(), sequences.count());
  }

  /** Where the rows of a sample are: so many rows from one on, and at which step the first is. */
  private record Piece(int row, int rows, int step) {}

  /** The samples. */
  Dataset dataset() {
    if (sequences.count() == 0) {
      throw new DataException(file + ": every row has a missing value, and missing: drop is set");
    }
    int[] used = parts.used();
    if (used.length == 0) {
      throw new DataException(file + ": " + parts.nothingLeft(sequences.count() + " sequences"));
    }
    IntPredicate learned = learned(used);
    table.columns().values().forEach(column -> column.fillMeans(learned));

    int steps = steps();
    List<Piece> pieces = Arrays.stream(used).mapToObj(i -> piece(i, steps)).toList();
    Padding padding =
        Padding.of(
            steps,
            keys.valueOrDefault(),
            pieces.stream().mapToInt(Piece::step).toArray(),
            pieces.stream().mapToInt(Piece::rows).toArray());
    boolean hasTargets = !table.roles().targets().isEmpty();
    return new Dataset(
        Map.of("x", bySteps(table.features(), keys.valueOrDefault(), pieces, steps)),
        hasTargets ? List.of(targets(pieces, steps)) : List.of(),
        weights(pieces, steps),
        file.toString(),
        table.classes(),
        padding);
  }

  /** The rows that may be learned from: those of the sequences that are trained on. */
  private IntPredicate learned(int[] used) {
    boolean all = purpose.validationSplit() == 0;
    int trained = (int) Math.floor(used.length * (1 - purpose.validationSplit()));
    BitSet learned = new BitSet();
    for (int i = 0; i < (all ? sequences.count() : trained); i++) {
      int sequence = all ? i : used[i];
      int first = sequences.get(sequence).first();
      learned.set(first, first + sequences.length(sequence), !all || parts.trains(sequence));
    }
    return learned::get;
  }

  /** How many steps each sample gets. */
  private int steps() {
    Integer asked = keys.maxlen();
    if (asked != null) {
      if (predicting && !keys.hasTargetPerSequence()) {
        requireNoneLonger(
            asked, "maxlen is " + asked, "each row is to get its prediction: divide the sequence");
      }
      return asked;
    }
    Long ofModel = stepsOfModel();
    if (ofModel == null) {
      return sequences.longest();
    }
    int steps = Math.toIntExact(ofModel);
    requireNoneLonger(
        steps,
        "the model's Input has " + steps + (steps == 1 ? " step" : " steps"),
        "let it have "
            + sequences.longest()
            + ", or write maxlen: "
            + steps
            + " to leave out what is more");
    return steps;
  }

  private @Nullable Long stepsOfModel() {
    if (purpose.inputs().size() != 1) {
      return null;
    }
    Shape input = purpose.inputs().get(0);
    return input.rank() > 1 && input.dimension(0) > 0 ? input.dimension(0) : null;
  }

  private void requireNoneLonger(int steps, String limit, String cure) {
    for (int i = 0; i < sequences.count(); i++) {
      if (sequences.length(i) > steps) {
        SequenceRows.Sequence sequence = sequences.get(i);
        throw new DataException(
            file
                + ":"
                + sequence.line()
                + ": column '"
                + sequences.column()
                + "': the sequence "
                + Cells.shown(sequence.name())
                + " has "
                + sequences.length(i)
                + " rows, but "
                + limit
                + ": "
                + cure);
      }
    }
  }

  private Piece piece(int sequence, int steps) {
    int first = sequences.get(sequence).first();
    int length = sequences.length(sequence);
    int rows = Math.min(length, steps);
    int cut = keys.truncatingOrDefault() == Side.PRE ? length - rows : 0;
    int step = keys.paddingOrDefault() == Side.PRE ? steps - rows : 0;
    return new Piece(first + cut, rows, step);
  }

  /** The numbers of rows, a row a step: (samples, steps, numbers). */
  private INDArray bySteps(RowValues values, double pad, List<Piece> pieces, int steps) {
    ArrayWriter writer =
        new ArrayWriter(new long[] {pieces.size(), steps, values.width()}, file.toString());
    fill(writer, values, pad, pieces, steps);
    return writer.array();
  }

  private static void fill(
      ArrayWriter writer, RowValues values, double pad, List<Piece> pieces, int steps) {
    for (Piece piece : pieces) {
      for (int step = 0; step < steps; step++) {
        int row = step - piece.step();
        if (row >= 0 && row < piece.rows()) {
          values.put(piece.row() + row, writer);
        } else {
          values.pad(pad, writer);
        }
      }
    }
  }

  private INDArray targets(List<Piece> pieces, int steps) {
    RowValues targets = table.targets();
    if (!keys.hasTargetPerSequence()) {
      return bySteps(targets, NO_TARGET, pieces, steps);
    }
    ArrayWriter writer =
        new ArrayWriter(new long[] {pieces.size(), targets.width()}, file.toString());
    pieces.forEach(piece -> targets.put(piece.row(), writer));
    return writer.array();
  }

  private @Nullable INDArray weights(List<Piece> pieces, int steps) {
    RowValues weights = table.weights();
    if (weights == null) {
      return null;
    }
    if (keys.hasTargetPerSequence()) {
      ArrayWriter writer = new ArrayWriter(new long[] {pieces.size()}, file.toString());
      pieces.forEach(piece -> weights.put(piece.row(), writer));
      return writer.array();
    }
    ArrayWriter writer = new ArrayWriter(new long[] {pieces.size(), steps}, file.toString());
    fill(writer, weights, 0, pieces, steps);
    return writer.array();
  }
}
