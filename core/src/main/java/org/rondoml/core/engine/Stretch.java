package org.rondoml.core.engine;

import java.util.ArrayList;
import java.util.List;
import org.rondoml.api.Precision;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;

/**
 * Consecutive pieces of memories of the same length, which one thread goes over. Where a stretch
 * begins and ends, and how long its pieces are, follows from the length alone.
 */
final class Stretch {
  /** Weights, gradient and slots of a piece together stay in a core's first cache. */
  private static final int PIECE = 1024;

  private static final int PIECES = 64;

  private final long start;
  private final long end;
  private final int piece;
  private final List<Memory> updated;
  private final List<Memory> read;
  private final List<Vec> updatedWindows;
  private final List<Vec> others;
  private final List<Vec> readWindows;

  /** What is done with a piece. */
  @FunctionalInterface
  interface Action {
    /**
     * Computes a piece.
     *
     * @param first the piece of the first memory that is updated
     * @param others those of the other ones, then the scratch vectors
     * @param read those of the memories that are only read; may be used as scratch
     */
    void apply(Vec first, List<Vec> others, List<Vec> read);
  }

  private Stretch(
      long start, long end, int piece, List<Memory> updated, List<Memory> read, int scratch) {
    this.start = start;
    this.end = end;
    this.piece = piece;
    this.updated = updated;
    this.read = read;
    Precision precision = updated.get(0).precision();
    updatedWindows = windows(precision, piece, updated.size());
    others = new ArrayList<>(updatedWindows.subList(1, updatedWindows.size()));
    for (int i = 0; i < scratch; i++) {
      others.add(Vec.zeros(precision, piece));
    }
    readWindows = windows(precision, piece, read.size());
  }

  /** The stretches of a range of memories, without scratch vectors. */
  static List<Stretch> cut(long from, long to, List<Memory> updated, List<Memory> read) {
    return cut(from, to, updated, read, 0);
  }

  private static List<Vec> windows(Precision precision, int piece, int count) {
    List<Vec> windows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      windows.add(Vec.window(precision, piece));
    }
    return windows;
  }

  /**
   * The stretches of a range of memories.
   *
   * @param updated memories that change; at least one
   * @param read memories that are read
   * @param scratch the number of vectors to compute in
   */
  static List<Stretch> cut(
      long from, long to, List<Memory> updated, List<Memory> read, int scratch) {
    List<Stretch> stretches = new ArrayList<>();
    long whole = from + (to - from) / PIECE * PIECE;
    for (long at = from; at < whole; at += (long) PIECE * PIECES) {
      long end = Math.min(whole, at + (long) PIECE * PIECES);
      stretches.add(new Stretch(at, end, PIECE, updated, read, scratch));
    }
    if (to > whole) {
      stretches.add(new Stretch(whole, to, (int) (to - whole), updated, read, scratch));
    }
    return stretches;
  }

  void run(Action action) {
    Vec first = updatedWindows.get(0);
    for (long from = start; from < end; from += piece) {
      for (int i = 0; i < updated.size(); i++) {
        updatedWindows.get(i).updates(updated.get(i), from);
      }
      for (int i = 0; i < read.size(); i++) {
        readWindows.get(i).reads(read.get(i), from);
      }
      action.apply(first, others, readWindows);
      for (int i = 0; i < updated.size(); i++) {
        updatedWindows.get(i).done();
      }
    }
  }
}
