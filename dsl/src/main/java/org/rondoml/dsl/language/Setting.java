package org.rondoml.dsl.language;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.Node;
import org.rondoml.core.config.Place;
import org.rondoml.core.config.Problems;

/**
 * One value of the command line, {@code model.layers.1.LSTM.units=64}: a path of keys and of
 * numbers into lists (from 0; {@code layers[1]} works too), and a value in YAML. Types are the
 * binder's matter.
 */
public final class Setting {
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

  private final Location at;
  private final String path;
  private final List<String> steps;
  private final Node value;
  private final Overlay overlay;
  private final Problems problems;

  private Setting(Location at, String path, Node value, Overlay overlay, Problems problems) {
    this.at = at;
    this.path = path;
    this.steps = List.of(path.replaceAll("\\[([0-9]+)\\]", ".$1").split("\\.", -1));
    this.value = value;
    this.overlay = overlay;
    this.problems = problems;
  }

  /**
   * The document with one value set.
   *
   * @param number which {@code --set} this is, from 1, for messages
   */
  public static Node apply(
      Node document, String setting, int number, Overlay overlay, Problems problems) {
    Location at = new Location("--set:" + number, 0, 0);
    int equals = setting.indexOf('=');
    if (equals < 1) {
      problems.error(
          Place.root(at), "found '" + setting + "', expected path=value, such as fit.epochs=10");
      return document;
    }
    String path = setting.substring(0, equals).strip();
    Node value = value(setting.substring(equals + 1), at, problems);
    Setting it = new Setting(at, path, value, overlay, problems);
    return it.steps.contains("")
        ? it.refuse(document, "an empty step in the path")
        : it.set(document, 0);
  }

  private static Node value(String text, Location at, Problems problems) {
    if (text.isBlank()) {
      return new Node.Scalar(at, "", false);
    }
    Problems own = new Problems();
    Node node = new StrictYaml(own).read("--set", text.getBytes(StandardCharsets.UTF_8));
    own.sorted().forEach(p -> problems.error(new Place(at, ""), p.message()));
    return node.at(at); // all its places on the command line
  }

  private Node set(Node node, int step) {
    if (step == steps.size()) {
      return value;
    }
    String key = steps.get(step);
    if (node instanceof Node.Sequence sequence) {
      return item(sequence, key, step);
    }
    if (node instanceof Node.Mapping mapping) {
      return key(mapping, key, step);
    }
    if (node instanceof Node.Scalar scalar) {
      return scalar(scalar, key, step);
    }
    return node;
  }

  private Node item(Node.Sequence sequence, String key, int step) {
    int size = sequence.items().size();
    if (!NUMBER.matcher(key).matches()) {
      return refuse(
          sequence,
          "found '"
              + key
              + "', expected a number from 0 to "
              + (size - 1)
              + ": "
              + upTo(step)
              + " is a list");
    }
    int index = Integer.parseInt(key);
    if (index >= size) {
      return refuse(
          sequence,
          upTo(step)
              + " has "
              + size
              + " entries"
              + (size == 0 ? "" : ", numbered from 0 to " + (size - 1)));
    }
    List<Node> items = new ArrayList<>(sequence.items());
    items.set(index, set(items.get(index), step + 1));
    return new Node.Sequence(sequence.location(), items);
  }

  private Node key(Node.Mapping mapping, String key, int step) {
    if (mapping.entries().size() == 1) {
      Node.Entry only = mapping.entries().get(0);
      if (!only.key().equals(key) && overlay.isAlternative(only.key(), key)) {
        Node inner = overlay.isSame(only.key(), key) ? only.value() : empty();
        return Node.single(key, at, set(inner, step + 1));
      }
    }
    Node inner = mapping.get(key);
    Node changed = set(inner == null ? empty() : inner, step + 1);
    return mapping.with(new Node.Entry(key, at, changed));
  }

  /**
   * {@code optimizer: adam} is a component without a config, and {@code Dropout: 0.2} a config of
   * one value.
   */
  private Node scalar(Node.Scalar scalar, String key, int step) {
    if (scalar.isNull()) {
      return Node.single(key, at, set(empty(), step + 1));
    }
    if (overlay.isAlternative(scalar.text(), key)) {
      return Node.single(key, at, set(empty(), step + 1));
    }
    boolean argument = step > 0 && overlay.isAlternative(steps.get(step - 1), steps.get(step - 1));
    if (argument) {
      return new Node.Mapping(
          at,
          List.of(
              new Node.Entry(Node.POSITIONAL, scalar.location(), scalar),
              new Node.Entry(key, at, set(empty(), step + 1))));
    }
    return refuse(
        scalar, upTo(step) + " is the value " + scalar.text() + ", which has no key '" + key + "'");
  }

  private Node empty() {
    return new Node.Scalar(at, "", false);
  }

  private String upTo(int step) {
    return step == 0 ? "the document" : String.join(".", steps.subList(0, step));
  }

  private Node refuse(Node unchanged, String message) {
    problems.error(new Place(at, path), message);
    return unchanged;
  }
}
