package org.rondoml.dsl.specification;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.rondoml.core.registry.SnakeCase;

/** Keras' automatic names: {@code lstm}, {@code lstm_1}, {@code dense}; names that the file gives are left out. */
final class LayerNames {
  private final Set<String> taken;
  private final Map<String, Integer> counts = new HashMap<>();

  /** Names beside those already taken. */
  LayerNames(Set<String> taken) {
    this.taken = new HashSet<>(taken);
  }

  /** The next free name for a layer of a class. */
  String next(String id) {
    String base = SnakeCase.of(id.substring(id.indexOf('/') + 1));
    while (true) {
      int count = counts.merge(base, 1, Integer::sum) - 1;
      String name = count == 0 ? base : base + "_" + count;
      if (taken.add(name)) {
        return name;
      }
    }
  }
}
