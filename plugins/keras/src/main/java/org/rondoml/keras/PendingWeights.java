package org.rondoml.keras;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.DataException;
import org.rondoml.api.NamedWeight;

/** Values read for weights, each checked, that wait until all are there. */
final class PendingWeights {
  private final Path file;
  private final List<Pending> all = new ArrayList<>();

  private record Pending(NamedWeight weight, INDArray value) {}

  /** Weights to come from a file. */
  PendingWeights(Path file) {
    this.file = file;
  }

  /**
   * Checks that a shape is the weight's.
   *
   * @param place where in the file it is
   */
  void requireShape(NamedWeight weight, long[] found, String place) {
    if (!Arrays.equals(found, weight.value().shape())) {
      throw new DataException(
          file
              + ": "
              + place
              + ", the "
              + weight.name()
              + " of layer '"
              + weight.layer()
              + "': found shape "
              + shape(found)
              + ", expected "
              + shape(weight.value().shape()));
    }
  }

  /** Takes a value of a checked shape. */
  void add(NamedWeight weight, INDArray value) {
    all.add(new Pending(weight, value));
  }

  /** Gives all weights their values, converted to their precision. */
  void assign() {
    for (Pending pending : all) {
      INDArray target = pending.weight().value();
      target.assign(pending.value().castTo(target.dataType()));
    }
  }

  /** The names and shapes of weights: {@code kernel (28, 64), bias (64)}. */
  static String describe(List<NamedWeight> weights) {
    StringBuilder text = new StringBuilder();
    for (NamedWeight weight : weights) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(weight.name())
          .append(' ')
          .append(shape(weight.value().shape()));
    }
    return text.toString();
  }

  private static String shape(long[] sizes) {
    return Arrays.stream(sizes)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
