package org.rondoml.dsl.language;

import org.rondoml.core.config.Location;
import org.rondoml.core.config.Node;
import org.rondoml.core.config.Place;
import org.rondoml.core.config.Problems;

/** A mistake after which the rest of a document can't be read. */
final class YamlMistake extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Location location;

  YamlMistake(Location location, String message) {
    super(message, null, false, false);
    this.location = location;
  }

  /** Reports it, and stands for the document. */
  Node report(Problems problems) {
    problems.error(Place.root(location), String.valueOf(getMessage()));
    return new Node.Invalid(location);
  }
}
