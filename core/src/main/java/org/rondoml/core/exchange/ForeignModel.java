package org.rondoml.core.exchange;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.Node;

/**
 * A model that was read from another program's file.
 *
 * @param document the model in Rondo's language; what is default may be written out
 * @param paths what stands where in the file, in the file's own words, {@code
 *     config.layers[1].config.units}, so that a mistake found later can be told by its place there
 * @param weights the weights that came with it, or null
 */
public record ForeignModel(
    Node.Mapping document, Map<Location, String> paths, @Nullable ForeignWeights weights) {
  /** Copies the map. */
  public ForeignModel {
    paths = Map.copyOf(paths);
  }
}
