package org.rondoml.rnn;

import org.rondoml.core.spi.ConfigException;
import org.rondoml.core.spi.Layer;

/** What layers inside another can't have. */
final class Inner {
  private Inner() {}

  /**
   * Checks that a layer inside another has no penalty on its output, which the engine adds for the
   * outputs of the model's own layers alone.
   *
   * @param key the key that names the layer
   */
  static void requireNoActivityRegularizer(Layer layer, String key) {
    if (layer.activityRegularizer().isPresent()) {
      throw new ConfigException(
          key,
          "its layer has an activity_regularizer, which only layers of the model itself can have:"
              + " leave it out here");
    }
  }
}
