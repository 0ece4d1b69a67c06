package org.rondoml.core.graph;

import java.util.List;
import org.rondoml.core.spi.Layer;

/**
 * A layer in its place in a model.
 *
 * @param name its name, unique in the model
 * @param className its component id, {@code LSTM}
 * @param layer the layer
 * @param trainable whether training changes its parameters
 * @param from the names of the layers whose outputs it takes, in order; empty for inputs only
 */
public record LayerNode(
    String name, String className, Layer layer, boolean trainable, List<String> from) {
  /** Copies the list. */
  public LayerNode {
    from = List.copyOf(from);
  }
}
