package org.rondoml.datasets.csv;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a column holds, as its first cells tell. A column is of numbers or dates where at least half
 * of these are: so a word among numbers is a mistake to be told, and doesn't turn all of them into
 * words.
 */
final class TypeGuess {
  private static final int FEW = 20;
  private static final int NAMES = 10;

  private final NumberCells numbers;

  /** A guess where numbers are written so. */
  TypeGuess(NumberCells numbers) {
    this.numbers = numbers;
  }

  /**
   * The type of a column; empty for one of free text, names or keys.
   *
   * @param cells the first cells, without those that are missing; numbers where there are none
   */
  Optional<ColumnType> of(List<String> cells) {
    int all = cells.size();
    if (2 * cells.stream().filter(numbers::isNumber).count() >= all) {
      return Optional.of(ColumnType.NUMBER);
    }
    if (cells.stream().allMatch(BooleanCells::isTruth)) {
      return Optional.of(ColumnType.BOOLEAN);
    }
    if (2 * cells.stream().filter(DateCells::isDate).count() >= all) {
      return Optional.of(ColumnType.DATE);
    }
    Set<String> words = new HashSet<>(cells);
    boolean few = words.size() <= Math.max(FEW, all / 10);
    boolean names = words.size() == all && all > NAMES;
    return few && !names ? Optional.of(ColumnType.CATEGORY) : Optional.empty();
  }

  /** Whether most cells are numbers in a notation that wasn't named: {@code 12,5}. */
  boolean hasOtherNotation(List<String> cells) {
    long others =
        cells.stream().filter(c -> !numbers.isNumber(c) && numbers.isOtherNotation(c)).count();
    return others > 0 && 2 * others >= cells.stream().filter(c -> !numbers.isNumber(c)).count();
  }
}
