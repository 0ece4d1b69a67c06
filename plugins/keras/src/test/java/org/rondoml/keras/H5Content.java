package org.rondoml.keras;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a file holds for the layers: every group and dataset by path, with shape, values and the
 * layer's recorded name.
 */
final class H5Content {
  private H5Content() {}

  static Map<String, String> of(Path file) {
    Map<String, String> content = new TreeMap<>();
    try (HdfFile hdf = new HdfFile(file)) {
      add("layers", hdf.getByPath("layers"), 0, content);
    }
    // Keras' Sequential has no input layer to write, its functional models do; a cell's name is
    // never read.
    content.keySet().removeIf(path -> path.startsWith("layers/input_layer"));
    content.replaceAll((path, text) -> path.endsWith("/cell/vars") ? "" : text);
    return content;
  }

  private static void add(String path, Node node, int depth, Map<String, String> content) {
    if (node instanceof Dataset dataset) {
      content.put(
          path, Arrays.toString(dataset.getDimensions()) + " " + text(dataset.getDataFlat()));
      return;
    }
    Group group = (Group) node;
    boolean ofLayer = depth == 2 && group.getAttributes().containsKey("name");
    content.put(path, ofLayer ? String.valueOf(group.getAttribute("name").getData()) : "");
    group.getChildren().forEach((name, child) -> add(path + "/" + name, child, depth + 1, content));
  }

  private static String text(Object flat) {
    return flat instanceof float[] floats
        ? Arrays.toString(floats)
        : Arrays.toString((double[]) flat);
  }
}
