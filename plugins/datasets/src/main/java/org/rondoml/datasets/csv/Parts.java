package org.rondoml.datasets.csv;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.rondoml.core.random.Permutation;
import org.rondoml.core.random.RandomStream;
import org.rondoml.datasets.Subset;

/**
 * The training and the validation part of a file's rows, or of its sequences: the first ones and
 * the last ones, in the order of the file or, where that is shuffled, of chance.
 */
final class Parts {
  private final SplitKeys keys;
  private final int[] order;
  private final BitSet training;

  /** The parts of so many rows or sequences. */
  Parts(SplitKeys keys, int count) {
    this.keys = keys;
    Long seed = keys.seed();
    this.order =
        seed == null ? Permutation.identity(count) : Permutation.of(count, RandomStream.of(seed));
    Double share = keys.validationSplit();
    int trained = share == null ? count : Subset.trainingCount(count, share);
    this.training = new BitSet(count);
    for (int i = 0; i < trained; i++) {
      training.set(order[i]);
    }
  }

  /** Which of them is at a place. */
  int at(int place) {
    return order[place];
  }

  /** Whether one is to train on; all are where the file is not divided. */
  boolean trains(int index) {
    return training.get(index);
  }

  /** Whether one is in the part to use. */
  boolean has(int index) {
    Subset subset = keys.subset();
    return subset == null || trains(index) == (subset == Subset.TRAINING);
  }

  /** Those in the part to use, in order. */
  int[] used() {
    return IntStream.of(order).filter(this::has).toArray();
  }

  /**
   * What to say where no sample is left in the part to use.
   *
   * @param of what the file has, {@code 4 rows}
   */
  String nothingLeft(String of) {
    return "validation_split "
        + keys.validationSplit()
        + " of "
        + of
        + " leaves no sample in the "
        + (keys.subset() == Subset.TRAINING ? "training" : "validation")
        + " part";
  }
}
