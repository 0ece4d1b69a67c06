package org.rondoml.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rondoml.core.spi.Exporter.LayerWeights;

/**
 * Where Keras' files keep layers: below {@code layers}, under the class name in snake_case with a
 * number from the second of a class on: {@code lstm}, {@code lstm_1}. It is not the layer's own
 * name, which may differ between two makings of one model ({@code _save_container_state} in Keras'
 * and tf_keras' {@code saving_lib.py}).
 */
final class LayerPaths {
  private LayerPaths() {}

  /** The name of each layer's group, in the layers' order. */
  static List<String> of(List<LayerWeights> layers) {
    Map<String, Integer> used = new HashMap<>();
    List<String> names = new ArrayList<>();
    for (LayerWeights layer : layers) {
      String base = base(layer);
      int number = used.merge(base, 1, Integer::sum) - 1;
      names.add(number == 0 ? base : base + "_" + number);
    }
    return names;
  }

  /** The name of the first group of a layer's class. */
  static String base(LayerWeights layer) {
    String id = layer.className();
    String name = id.substring(id.lastIndexOf('/') + 1);
    return snakeCase(name.equals("Input") ? "InputLayer" : name);
  }

  /** Keras' {@code to_snake_case} ({@code utils/naming.py}). */
  static String snakeCase(String className) {
    return className
        .replaceAll("\\W+", "")
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }
}
