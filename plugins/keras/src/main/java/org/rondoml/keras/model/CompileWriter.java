package org.rondoml.keras.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rondoml.core.config.Components;
import org.rondoml.core.config.Node;
import org.rondoml.core.config.Place;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.Optimizer;

/**
 * Writes the section {@code compile} of a resolved document as Keras 3's {@code compile_config},
 * what {@code model.compile} is given when the model is loaded.
 */
final class CompileWriter {
  private final Registry registry;
  private final ConfigWriter configs;
  private final int outputs;

  /**
   * A writer.
   *
   * @param outputs how many outputs the model has
   */
  CompileWriter(Registry registry, ConfigWriter configs, int outputs) {
    this.registry = registry;
    this.configs = configs;
    this.outputs = outputs;
  }

  /** The object for a section. */
  Map<String, Object> write(Node.Mapping section, Place place) {
    Map<String, Object> config = new LinkedHashMap<>();
    for (Node.Entry entry : section.entries()) {
      config.put(entry.key(), value(entry, place.key(entry.key(), place.location())));
    }
    return config;
  }

  private Object value(Node.Entry entry, Place place) {
    Node node = entry.value();
    if (node.isNull() || (node instanceof Node.Sequence none && none.items().isEmpty())) {
      return JsonText.NULL;
    }
    return switch (entry.key()) {
      case "optimizer" -> configs.component(Optimizer.class, node, place);
      case "loss" -> losses(node, place);
      case "loss_weights" -> weights(node);
      case "metrics", "weighted_metrics" -> metrics(node, place);
      default -> throw new IllegalStateException(place.path() + ": not known to Keras");
    };
  }

  private Object losses(Node node, Place place) {
    if (node instanceof Node.Sequence list) {
      return each(list, place);
    }
    if (node instanceof Node.Mapping map && !isComponent(map)) {
      Map<String, Object> byName = new LinkedHashMap<>();
      for (Node.Entry entry : map.entries()) {
        Place at = place.key(entry.key(), place.location());
        byName.put(entry.key(), configs.component(Loss.class, entry.value(), at));
      }
      return byName;
    }
    return forAll(configs.component(Loss.class, node, place));
  }

  private List<Object> each(Node.Sequence losses, Place place) {
    List<Object> all = new ArrayList<>();
    for (Node loss : losses.items()) {
      all.add(configs.component(Loss.class, loss, place.item(all.size(), place.location())));
    }
    return all;
  }

  private boolean isComponent(Node.Mapping mapping) {
    return mapping.entries().size() == 1
        && registry.find(Loss.class, mapping.keys().get(0)) instanceof Components.Found<?>;
  }

  private Object weights(Node node) {
    if (node instanceof Node.Sequence list) {
      return list.items().stream().map(CompileWriter::number).toList();
    }
    if (node instanceof Node.Mapping map) {
      Map<String, Object> byName = new LinkedHashMap<>();
      map.entries().forEach(entry -> byName.put(entry.key(), number(entry.value())));
      return byName;
    }
    return forAll(number(node));
  }

  private static Object number(Node node) {
    return new JsonText.Numeral(((Node.Scalar) node).text());
  }

  private Object metrics(Node node, Place place) {
    if (node instanceof Node.Mapping map) {
      Map<String, Object> byName = new LinkedHashMap<>();
      for (Node.Entry entry : map.entries()) {
        byName.put(entry.key(), ofOutput(entry.value(), place.key(entry.key(), place.location())));
      }
      return byName;
    }
    List<Node> items = ((Node.Sequence) node).items();
    if (items.stream().noneMatch(Node.Sequence.class::isInstance)) {
      Object all = ofOutput(node, place);
      return outputs == 1 ? all : forAll(all);
    }
    List<Object> inOrder = new ArrayList<>();
    for (Node item : items) {
      inOrder.add(ofOutput(item, place.item(inOrder.size(), place.location())));
    }
    return inOrder;
  }

  private List<Object> ofOutput(Node node, Place place) {
    List<Object> metrics = new ArrayList<>();
    if (node instanceof Node.Sequence list) {
      for (Node item : list.items()) {
        Place at = place.item(metrics.size(), place.location());
        metrics.add(configs.component(Metric.class, item, at));
      }
    }
    return metrics;
  }

  /** What all outputs have: Keras 3 wants lists with an entry for each of several. */
  private Object forAll(Object value) {
    return outputs == 1 ? value : Collections.nCopies(outputs, value);
  }
}
