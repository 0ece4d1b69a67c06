package org.rondoml.datasets.csv;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.config.NearMiss;

/**
 * Words, as numbers from 0. Which number a word has is known when all of them have been seen: they
 * are numbered in sorted order, by value where all are numbers. Where the model file lists them,
 * their order there counts, and no other word is taken.
 */
final class CategoryCells implements Cells {
  private static final NumberCells NUMBERS = new NumberCells('.', null);

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> words = new ArrayList<>();
  private final boolean listed;

  /**
   * Words.
   *
   * @param listed all words, in order; null for those that come
   */
  CategoryCells(@Nullable List<String> listed) {
    this.listed = listed != null;
    if (listed != null) {
      listed.forEach(this::number);
    }
  }

  /** The word's number in the order of appearance. */
  @Override
  public double read(String cell) throws CellException {
    Integer known = numbers.get(cell);
    if (known != null) {
      return known;
    }
    if (listed) {
      throw new CellException(
          "found "
              + Cells.shown(cell)
              + ", expected one of "
              + words.stream().limit(10).collect(Collectors.joining(", "))
              + (words.size() > 10 ? ", ..." : "")
              + NearMiss.suggestion(cell, words));
    }
    return number(cell);
  }

  private int number(String word) {
    numbers.put(word, words.size());
    words.add(word);
    return words.size() - 1;
  }

  /** All words, each at the place of its number. */
  List<String> classes() {
    return listed ? List.copyOf(words) : sorted(words);
  }

  /** The numbers of the words by those that {@link #read} gave. */
  int[] order() {
    List<String> classes = classes();
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < classes.size(); i++) {
      places.put(classes.get(i), i);
    }
    return words.stream().mapToInt(places::get).toArray();
  }

  /** Words in the order of their numbers. */
  static List<String> sorted(List<String> words) {
    boolean allNumbers = words.stream().allMatch(NUMBERS::isNumber);
    Comparator<String> byText = Comparator.naturalOrder();
    return words.stream()
        .sorted(
            allNumbers
                ? Comparator.comparingDouble(Double::parseDouble).thenComparing(byText)
                : byText)
        .toList();
  }
}
