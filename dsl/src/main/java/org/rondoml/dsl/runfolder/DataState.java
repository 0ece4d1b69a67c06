package org.rondoml.dsl.runfolder;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run has learned from its training data besides the weights, so that other data is read and
 * changed as that was.
 *
 * @param classes the words that class numbers stand for, by the name of the column
 * @param transforms what each of the model file's transforms has learned, in their order
 */
public record DataState(
    Map<String, List<String>> classes, List<Map<String, List<Double>>> transforms) {
  /** Copies map and list. */
  public DataState {
    classes = Collections.unmodifiableMap(new LinkedHashMap<>(classes));
    transforms = List.copyOf(transforms);
  }

  /** Whether there is anything to keep. */
  public boolean holdsAnything() {
    return !classes.isEmpty() || !transforms.stream().allMatch(Map::isEmpty);
  }
}
