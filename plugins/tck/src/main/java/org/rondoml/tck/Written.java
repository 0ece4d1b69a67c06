package org.rondoml.tck;

import org.rondoml.api.Problem;
import org.rondoml.api.Semantics;
import org.rondoml.core.config.Bound;
import org.rondoml.core.config.FlowText;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.Place;
import org.rondoml.core.config.Problems;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Layer;

/**
 * Components written as in a model file, with every default: {@code Written.layer("LSTM: {units:
 * 3}")}. They are found on the class path of the test.
 */
public final class Written {
  private static final Registry REGISTRY = Registry.load(Written.class.getClassLoader());

  private Written() {}

  /**
   * A layer with the defaults of Keras 3.
   *
   * @throws IllegalArgumentException where the text has mistakes: all of them
   */
  public static Layer layer(String text) {
    return component(Layer.class, text, Semantics.KERAS3);
  }

  /**
   * A component.
   *
   * @param kind such as {@code Layer.class}
   * @param text {@code Name} or {@code Name: value} or {@code Name: {key: value}}
   * @throws IllegalArgumentException where the text has mistakes: all of them
   */
  public static <T> T component(Class<T> kind, String text, Semantics semantics) {
    Problems problems = new Problems();
    String flow = text.contains(":") ? "{" + text + "}" : text;
    Bound<T> bound =
        REGISTRY
            .binder(semantics, problems)
            .component(kind, FlowText.parse(flow, Location.NONE), Place.root(Location.NONE));
    T component = bound.value();
    if (component == null || problems.hasErrors()) {
      throw new IllegalArgumentException(
          String.join("; ", problems.sorted().stream().map(Problem::message).toList()));
    }
    return component;
  }
}
