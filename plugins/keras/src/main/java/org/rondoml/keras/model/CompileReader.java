package org.rondoml.keras.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.Node;
import org.rondoml.core.config.Place;
import org.rondoml.core.config.Problems;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.LossArguments;
import org.rondoml.core.spi.Metric;
import org.rondoml.core.spi.Optimizer;
import org.rondoml.core.spi.OptimizerArguments;

/**
 * Reads how a model was compiled, Keras' {@code compile_config}, as the section {@code compile}.
 *
 * <p>Source: Keras, {@code keras/src/trainers/trainer.py} and {@code compile_utils.py}; tf_keras,
 * {@code engine/training.py}.
 */
final class CompileReader {
  /** How Keras runs a model, not what it computes. */
  private static final Set<String> HOW_IT_RUNS =
      Set.of("run_eagerly", "steps_per_execution", "jit_compile", "auto_scale_loss");

  private final Registry registry;
  private final Semantics semantics;
  private final ConfigReader configs;
  private final Refusals refusals;
  private final int outputs;

  /**
   * A reader.
   *
   * @param outputs how many outputs the model has
   */
  CompileReader(
      Registry registry,
      Semantics semantics,
      ConfigReader configs,
      Refusals refusals,
      int outputs) {
    this.registry = registry;
    this.semantics = semantics;
    this.configs = configs;
    this.refusals = refusals;
    this.outputs = outputs;
  }

  /** The section. */
  Node.Mapping read(Node.Mapping compiled, Place place) {
    List<Node.Entry> section = new ArrayList<>();
    Node loss = compiled.get("loss");
    if (loss == null || loss.isNull()) {
      refusals.add(place, "has no loss, and Rondo trains by one: compile the model with a loss");
    }
    for (Node.Entry entry : compiled.entries()) {
      Place at = place.key(entry.key(), entry.location());
      if (!entry.value().isNull() && !HOW_IT_RUNS.contains(entry.key())) {
        Node value = value(entry, at);
        section.add(
            new Node.Entry(
                entry.key(),
                entry.location(),
                value == null ? new Node.Invalid(entry.location()) : value));
      }
    }
    return new Node.Mapping(compiled.location(), section);
  }

  /** The value of a key; null where it is refused. */
  private @Nullable Node value(Node.Entry entry, Place place) {
    return switch (entry.key()) {
      case "optimizer" ->
          nameless(
              configs.component(Optimizer.class, OptimizerArguments.class, entry.value(), place));
      case "loss" -> losses(entry.value(), place);
      case "metrics", "weighted_metrics" -> metrics(entry.value(), place);
      case "loss_weights" -> entry.value();
      default -> {
        refusals.add(place, "is nothing that Rondo's compile has: save the model without it");
        yield null;
      }
    };
  }

  /** One loss for all outputs, a list of them, or a map by the outputs' names. */
  private @Nullable Node losses(Node node, Place place) {
    if (node instanceof Node.Sequence list) {
      List<Node> items = new ArrayList<>();
      for (Node item : list.items()) {
        items.add(orInvalid(loss(item, place.item(items.size(), item.location())), item));
      }
      return new Node.Sequence(node.location(), items);
    }
    if (node instanceof Node.Mapping map && map.get("class_name") == null) {
      List<Node.Entry> entries = new ArrayList<>();
      for (Node.Entry entry : map.entries()) {
        Node loss = loss(entry.value(), place.key(entry.key(), entry.location()));
        entries.add(new Node.Entry(entry.key(), entry.location(), orInvalid(loss, entry.value())));
      }
      return new Node.Mapping(node.location(), entries);
    }
    return loss(node, place);
  }

  private @Nullable Node loss(Node node, Place place) {
    return nameless(configs.component(Loss.class, LossArguments.class, node, place));
  }

  /** A list of metrics for all outputs, a list of such lists, or a map of them by output. */
  private Node metrics(Node node, Place place) {
    if (node instanceof Node.Mapping map && map.get("class_name") == null) {
      List<Node.Entry> entries = new ArrayList<>();
      for (Node.Entry entry : map.entries()) {
        Place at = place.key(entry.key(), entry.location());
        entries.add(
            new Node.Entry(entry.key(), entry.location(), metricsOfOutput(entry.value(), at)));
      }
      return new Node.Mapping(node.location(), entries);
    }
    boolean nested =
        node instanceof Node.Sequence list
            && list.items().stream().anyMatch(Node.Sequence.class::isInstance);
    // For several outputs, Keras 3 takes a list without lists in it for one metric each.
    boolean inOrder = nested || (outputs > 1 && semantics == Semantics.KERAS3);
    if (inOrder && node instanceof Node.Sequence list) {
      List<Node> items = new ArrayList<>();
      for (Node item : list.items()) {
        items.add(metricsOfOutput(item, place.item(items.size(), item.location())));
      }
      return new Node.Sequence(node.location(), items);
    }
    return metricsOfOutput(node, place);
  }

  private Node metricsOfOutput(Node node, Place place) {
    List<Node> metrics = new ArrayList<>();
    if (node instanceof Node.Sequence list) {
      for (Node item : list.items()) {
        Place at = place.item(metrics.size(), item.location());
        metrics.add(orInvalid(metric(item, at), item));
      }
    } else if (!node.isNull()) {
      metrics.add(orInvalid(metric(node, place), node));
    }
    return new Node.Sequence(node.location(), metrics);
  }

  /** A metric, without a name that it has by itself. */
  private @Nullable Node metric(Node node, Place place) {
    Node metric = configs.component(Metric.class, null, node, place);
    if (metric instanceof Node.Mapping mapping
        && mapping.entries().get(0).value() instanceof Node.Mapping config
        && config.get("name") instanceof Node.Scalar name) {
      Node unnamed = Node.single(mapping.keys().get(0), mapping.location(), config.without("name"));
      Object automatic =
          registry
              .binder(semantics, new Problems())
              .component(Metric.class, unnamed, Place.root(Location.NONE))
              .value();
      boolean same =
          automatic instanceof Metric own
              && (name.text().equals(own.name())
                  || (own.isNumbered() && name.text().matches(own.name() + "_[0-9]+")));
      return same ? unnamed : metric;
    }
    return metric;
  }

  private static Node orInvalid(@Nullable Node node, Node at) {
    return node == null ? new Node.Invalid(at.location()) : node;
  }

  /** Without the names of optimizers, schedules and losses, which nothing goes by. */
  private static @Nullable Node nameless(@Nullable Node node) {
    if (!(node instanceof Node.Mapping mapping)) {
      return node;
    }
    List<Node.Entry> entries = new ArrayList<>();
    for (Node.Entry entry : mapping.without("name").entries()) {
      Node value = nameless(entry.value());
      entries.add(new Node.Entry(entry.key(), entry.location(), orInvalid(value, entry.value())));
    }
    return new Node.Mapping(mapping.location(), entries);
  }
}
