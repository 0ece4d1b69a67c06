package org.rondoml.keras.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.config.Node;
import org.rondoml.core.config.Place;

/**
 * Reads the {@code inbound_nodes} of a layer: each is a call. Keras 3 writes the call's arguments,
 * {@code {"args": [tensor, ...], "kwargs": {...}}}; older ones the tensors with the arguments of
 * the call behind each, {@code [["lstm", 0, 0, {...}], ...]}.
 */
final class CallReader {
  /** Arguments of a call that are told by order in Rondo, in that order. */
  private static final List<String> TENSORS =
      List.of("inputs", "query", "value", "key", "initial_state");

  /** What to do instead of telling a call something. */
  private static final Map<String, String> CURES =
      Map.of(
          "mask",
          "make the mask by Masking, or by Embedding with mask_zero, so that it comes with the input",
          "training",
          "it is told by whether the model is trained: call the layer without",
          "constants",
          "feed them in as inputs");

  private final Refusals refusals;
  private final Set<Call.Tensor> automaticMasks;
  private final List<Call.Tensor> sources = new ArrayList<>();
  private final List<Node.Entry> arguments = new ArrayList<>();

  /**
   * A reader of one call.
   *
   * @param automaticMasks what Keras computes as the mask of an Embedding, which Rondo's layers
   *     hand on by themselves
   */
  CallReader(Refusals refusals, Set<Call.Tensor> automaticMasks) {
    this.refusals = refusals;
    this.automaticMasks = automaticMasks;
  }

  /** The call that a node stands for. */
  Call read(Node node, Place place) {
    if (node instanceof Node.Mapping call) {
      for (Node argument : items(call.get("args"))) {
        take(argument, place.key("args", argument.location()));
      }
      if (call.get("kwargs") instanceof Node.Mapping keywords) {
        keywords(keywords, place.key("kwargs", keywords.location()));
      }
    } else {
      for (Node item : items(node)) {
        take(item, place);
      }
      // Older ones write the same arguments behind each of the tensors.
      if (items(node).stream().findFirst().orElse(null) instanceof Node.Sequence first
          && first.items().size() > 3
          && first.items().get(3) instanceof Node.Mapping keywords) {
        keywords(keywords, new Place(keywords.location(), place.path()));
      }
    }
    return new Call(sources, arguments, place);
  }

  private static List<Node> items(@Nullable Node node) {
    return node instanceof Node.Sequence sequence ? sequence.items() : List.of();
  }

  /** Adds the tensors of an argument: one, or a list of them. */
  private void take(Node argument, Place place) {
    Call.Tensor tensor = tensor(argument);
    if (tensor != null) {
      sources.add(tensor);
    } else if (argument instanceof Node.Sequence list) {
      list.items().forEach(item -> take(item, place));
    } else if (!argument.isNull()) {
      refusals.add(
          new Place(argument.location(), place.path()),
          "is called with "
              + Refusals.shown(argument)
              + ", which no layer put out: in Rondo, layers take in what layers put out");
    }
  }

  /** The tensor that a node stands for, or null. */
  static Call.@Nullable Tensor tensor(Node node) {
    Node history = node;
    if (node instanceof Node.Mapping object
        && object.get("config") instanceof Node.Mapping config
        && config.get("keras_history") instanceof Node.Sequence keras3) {
      history = keras3;
    }
    return history instanceof Node.Sequence sequence
            && sequence.items().size() >= 3
            && sequence.items().get(0) instanceof Node.Scalar layer
            && layer.quoted()
            && sequence.items().get(1) instanceof Node.Scalar call
            && call.text().matches("[0-9]{1,9}")
            && sequence.items().get(2) instanceof Node.Scalar output
            && output.text().matches("[0-9]{1,9}")
        ? new Call.Tensor(
            layer.text(), Integer.parseInt(call.text()), Integer.parseInt(output.text()))
        : null;
  }

  private void keywords(Node.Mapping keywords, Place place) {
    for (String name : TENSORS) {
      Node.Entry entry = keywords.entry(name);
      if (entry != null) {
        take(entry.value(), place.key(name, entry.location()));
      }
    }
    for (Node.Entry entry : keywords.entries()) {
      Place at = place.key(entry.key(), entry.location());
      if (TENSORS.contains(entry.key()) || KerasDifferences.saysNothing(entry)) {
        continue;
      }
      Call.Tensor tensor = tensor(entry.value());
      if (KerasDifferences.isCallArgument(entry.key())) {
        arguments.add(entry);
      } else if (!entry.key().equals("mask") || !automaticMasks.contains(tensor)) {
        refusals.add(
            at,
            "is called with "
                + entry.key()
                + "="
                + (tensor == null ? Refusals.shown(entry.value()) : "'" + tensor.layer() + "'")
                + ", which Rondo's layers can't be told: "
                + CURES.getOrDefault(entry.key(), "save a model that calls it without"));
      }
    }
  }
}
