package org.rondoml.keras.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.config.Node;

/** Configs that Keras writes out at more length than a person would, or for its own use. */
final class Tidied {
  /** No float32 has a shortest text that is longer. */
  private static final int FLOAT_DIGITS = 12;

  private Tidied() {}

  /** The config of a component in Rondo's words. */
  static Node.Mapping of(String id, Node.Mapping config) {
    return switch (id) {
      case "Bidirectional" -> bidirectional(config);
      case "RNN" -> rnn(config);
      default -> config;
    };
  }

  /**
   * Whether a component is what Keras wrote for its default before it had a class for it, 2.4 of
   * the package of its own: {@code VarianceScaling(1.0, "fan_avg", "uniform")}.
   */
  static boolean isGlorotUniform(String id, Node.Mapping config) {
    return id.equals("VarianceScaling")
        && is(config, "scale", "1.0")
        && is(config, "mode", "fan_avg")
        && is(config, "distribution", "uniform")
        && is(config, "seed", "null");
  }

  private static boolean is(Node.Mapping config, String key, String text) {
    return config.get(key) instanceof Node.Scalar scalar && scalar.text().equals(text);
  }

  /** A list of cells became a StackedRNNCells. */
  private static Node.Mapping rnn(Node.Mapping config) {
    if (config.get("cell") instanceof Node.Mapping cell
        && cell.get("StackedRNNCells") instanceof Node.Mapping stack
        && stack.get("cells") instanceof Node.Sequence cells) {
      return config.with(new Node.Entry("cell", cell.location(), cells));
    }
    return config;
  }

  /** Keras 3 writes out the layer that it made to read backwards. */
  private static Node.Mapping bidirectional(Node.Mapping config) {
    Node.Mapping forward = inner(config.get("layer"));
    Node.Mapping backward = inner(config.get("backward_layer"));
    boolean automatic =
        forward != null
            && backward != null
            && forward.keys().equals(backward.keys())
            && isOn(forward, "go_backwards") != isOn(backward, "go_backwards")
            && withoutDirection(forward).saysTheSameAs(withoutDirection(backward));
    return automatic ? config.without("backward_layer") : config;
  }

  private static boolean isOn(Node.Mapping config, String key) {
    return config.get(only(config)) instanceof Node.Mapping keys && is(keys, key, "true");
  }

  private static Node withoutDirection(Node.Mapping component) {
    return Node.single(
        only(component),
        component.location(),
        component.get(only(component)) instanceof Node.Mapping keys
            ? keys.without("go_backwards")
            : component);
  }

  private static String only(Node.Mapping component) {
    return component.keys().get(0);
  }

  private static Node.@Nullable Mapping inner(@Nullable Node node) {
    return node instanceof Node.Mapping mapping && !mapping.entries().isEmpty() ? mapping : null;
  }

  /**
   * A document for a model of float32, in which Keras wrote out numbers that it keeps as float32
   * with the digits of a double: {@code 0.01} for {@code 0.009999999776482582}.
   */
  static Node shortened(Node node) {
    if (node instanceof Node.Mapping mapping) {
      return new Node.Mapping(
          mapping.location(),
          mapping.entries().stream()
              .map(e -> new Node.Entry(e.key(), e.location(), shortened(e.value())))
              .toList());
    }
    if (node instanceof Node.Sequence sequence) {
      return new Node.Sequence(
          sequence.location(), sequence.items().stream().map(Tidied::shortened).toList());
    }
    if (node instanceof Node.Scalar scalar
        && !scalar.quoted()
        && scalar.text().length() > FLOAT_DIGITS
        && scalar.text().matches("-?[0-9.]+(e-?[0-9]+)?")) {
      float number = Float.parseFloat(scalar.text());
      return number == Double.parseDouble(scalar.text())
          ? Node.plain(scalar.location(), Float.toString(number).replace('E', 'e'))
          : node;
    }
    return node;
  }

  /** The sizes behind the batch axis, as a shape. */
  static Node sampleShape(Node.Sequence batchShape) {
    List<Node> sizes = new ArrayList<>(batchShape.items());
    if (!sizes.isEmpty()) {
      sizes.remove(0);
    }
    return new Node.Sequence(batchShape.location(), sizes);
  }
}
