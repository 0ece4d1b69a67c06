package org.rondoml.keras.model;

import org.rondoml.core.config.Node;

/** How Keras' layers are called with several inputs; Rondo's all take them in order. */
enum CallStyle {
  /** In a list: merging layers, attention. */
  LIST,
  /** The first as input, the others as {@code initial_state}: recurrent layers. */
  STATES_APART,
  /** As arguments of their own, {@code query, value, key}: MultiHeadAttention. */
  ONE_BY_ONE;

  /** The style of a layer, {@code LSTM: {...}}. */
  static CallStyle of(Node.Entry layer) {
    if (layer.key().equals("MultiHeadAttention")) {
      return ONE_BY_ONE;
    }
    boolean recurrent =
        layer.value() instanceof Node.Mapping keys && keys.entry("return_state") != null;
    // A Bidirectional leaves return_state to the layers in it.
    return recurrent || layer.key().equals("Bidirectional") ? STATES_APART : LIST;
  }
}
