package org.rondoml.core.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.spi.Layer;

/**
 * A layer in its place in a model.
 *
 * @param name its name, unique in the model
 * @param className its component id, {@code LSTM}
 * @param layer the layer
 * @param trainable whether training changes its parameters
 * @param from {@linkplain Reference references} to what it takes in, in order; empty for inputs
 *     only
 * @param shares the name of an earlier layer that this one is: the same layer called again, with
 *     the same parameters; null for a layer of its own
 */
public record LayerNode(
    String name,
    String className,
    Layer layer,
    boolean trainable,
    List<String> from,
    @Nullable String shares) {
  /** A layer of its own. */
  public LayerNode(
      String name, String className, Layer layer, boolean trainable, List<String> from) {
    this(name, className, layer, trainable, from, null);
  }

  /** Copies the list. */
  public LayerNode {
    from = List.copyOf(from);
  }
}
