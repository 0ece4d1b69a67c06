package org.rondoml.keras.model;

import org.rondoml.core.config.Node;
import org.rondoml.core.config.Place;
import org.rondoml.core.config.Problems;

/** Collects what a file has and Rondo doesn't, each with its place and its layer. */
final class Refusals {
  private final Problems problems;
  private final String layer;

  private Refusals(Problems problems, String layer) {
    this.problems = problems;
    this.layer = layer;
  }

  /** Refusals of a file. */
  static Refusals of(Problems problems) {
    return new Refusals(problems, "");
  }

  /** Those of a layer, which they name. */
  Refusals ofLayer(String name) {
    return new Refusals(problems, "layer '" + name + "': ");
  }

  /** Adds one. */
  void add(Place place, String message) {
    problems.error(place, layer + message);
  }

  /** How messages show a value. */
  static String shown(Node node) {
    if (node instanceof Node.Scalar scalar) {
      return scalar.isNull() ? "null" : scalar.text();
    }
    return node instanceof Node.Mapping ? "a map" : "a list";
  }
}
