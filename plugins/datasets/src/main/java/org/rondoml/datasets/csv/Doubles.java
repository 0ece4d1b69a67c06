package org.rondoml.datasets.csv;

import java.util.Arrays;

/** A list of numbers that grows. */
final class Doubles {
  private double[] values = new double[1024];
  private int size;

  /** Adds a number. */
  void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size + (size >> 1));
    }
    values[size++] = value;
  }

  /** How many there are. */
  int size() {
    return size;
  }

  /** One of them. */
  double get(int index) {
    return values[index];
  }

  /** Puts another number in the place of one. */
  void set(int index, double value) {
    values[index] = value;
  }
}
