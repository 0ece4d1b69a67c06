package org.rondoml.dsl.specification;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.config.Node;

/**
 * Keras' older way to say what comes in, {@code LSTM: {units: 3, input_shape: [28, 28]}} on the
 * first layer: it stands for an Input above that layer.
 *
 * @param document the document without it
 * @param shape the key with its shape; null where the document has none
 */
public record InputShape(Node.Mapping document, Node.@Nullable Entry shape) {
  /** The id of the layer it stands for. */
  public static final String INPUT = "Input";

  /** The key. */
  public static final String KEY = "input_shape";

  /** What the key means. */
  public static final String DESCRIPTION =
      "shape of a sample, on the model's first layer: the same as an Input above it";

  /** Takes it out of the first layer. */
  public static InputShape takenFrom(Node.Mapping document) {
    Node.Entry model = document.entry("model");
    if (model == null || !(model.value() instanceof Node.Mapping section)) {
      return new InputShape(document, null);
    }
    Node.Entry layers = section.entry("layers");
    if (layers == null
        || !(layers.value() instanceof Node.Sequence list)
        || list.items().isEmpty()
        || !(list.items().get(0) instanceof Node.Mapping first)) {
      return new InputShape(document, null);
    }
    for (Node.Entry entry : first.entries()) {
      if (entry.value() instanceof Node.Mapping config
          && config.entry(KEY) != null
          && !entry.key().equals(INPUT)) {
        List<Node> items = new ArrayList<>(list.items());
        items.set(0, first.with(value(entry, config.without(KEY))));
        Node.Sequence without = new Node.Sequence(list.location(), items);
        return new InputShape(
            document.with(value(model, section.with(value(layers, without)))), config.entry(KEY));
      }
    }
    return new InputShape(document, null);
  }

  private static Node.Entry value(Node.Entry entry, Node changed) {
    return new Node.Entry(entry.key(), entry.location(), changed);
  }
}
