package org.rondoml.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What training logged: for each name ({@code loss}, {@code accuracy}, {@code val_loss}, ...) a
 * value an epoch, as Keras' {@code History.history}.
 *
 * @param values name to values, in the order they are printed
 */
public record History(Map<String, List<Double>> values) {
  /** Copies the values. */
  public History {
    Map<String, List<Double>> copy = new LinkedHashMap<>();
    values.forEach((name, list) -> copy.put(name, List.copyOf(list)));
    values = Collections.unmodifiableMap(copy);
  }

  /** The history before the first epoch. */
  public static History empty() {
    return new History(Map.of());
  }

  /** The values of one name, an entry an epoch; empty where the name was not logged. */
  public List<Double> get(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** The number of epochs logged. */
  public int epochs() {
    return values.values().stream().mapToInt(List::size).max().orElse(0);
  }

  /** This history and one epoch more. */
  public History plus(Map<String, Double> epoch) {
    Map<String, List<Double>> longer = new LinkedHashMap<>();
    values.forEach((name, list) -> longer.put(name, new ArrayList<>(list)));
    epoch.forEach((name, value) -> longer.computeIfAbsent(name, n -> new ArrayList<>()).add(value));
    return new History(longer);
  }
}
