package org.rondoml.distribution.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.Node;
import org.rondoml.core.config.Problems;
import org.rondoml.dsl.language.StrictYaml;

/** Documents with one thing changed at random: a key gone, misspelt or added, a value exchanged. */
final class Mutations {
  private static final List<String> VALUES =
      List.of(
          "3", "-1", "0", "0.5", "1.5", "abc", "null", "true", "1/255", "1e-4", "relu", "Dense");
  private static final List<String> KEYS =
      List.of("name", "from", "units", "zz", "class_name", "config", "lr", "input_shape", "seed");

  private final List<Node> documents = new ArrayList<>();
  private final Random random;
  private int steps;

  Mutations(List<Path> files, long seed) throws IOException {
    for (Path file : files) {
      documents.add(new StrictYaml(new Problems()).read("x.yaml", Files.readAllBytes(file)));
    }
    this.random = new Random(seed);
  }

  Node next() {
    Node document = documents.get(random.nextInt(documents.size()));
    steps = random.nextInt(size(document));
    return mutated(document);
  }

  private static int size(Node node) {
    int size = 1;
    if (node instanceof Node.Mapping mapping) {
      size += mapping.entries().stream().mapToInt(entry -> size(entry.value())).sum();
    } else if (node instanceof Node.Sequence sequence) {
      size += sequence.items().stream().mapToInt(Mutations::size).sum();
    }
    return size;
  }

  /** The node with the one changed that is so many steps away. */
  private Node mutated(Node node) {
    if (steps-- == 0) {
      return changed(node);
    }
    if (node instanceof Node.Mapping mapping) {
      return new Node.Mapping(
          mapping.location(),
          mapping.entries().stream()
              .map(e -> new Node.Entry(e.key(), e.location(), mutated(e.value())))
              .toList());
    }
    return node instanceof Node.Sequence sequence
        ? new Node.Sequence(
            sequence.location(), sequence.items().stream().map(this::mutated).toList())
        : node;
  }

  private Node changed(Node node) {
    if (node instanceof Node.Mapping mapping && !mapping.entries().isEmpty()) {
      return changed(mapping);
    }
    if (node instanceof Node.Sequence sequence && random.nextInt(3) > 0) {
      List<Node> items = new ArrayList<>(sequence.items());
      if (!items.isEmpty() && random.nextBoolean()) {
        items.remove(random.nextInt(items.size()));
      } else {
        items.add(value());
      }
      return new Node.Sequence(sequence.location(), items);
    }
    return value();
  }

  private Node changed(Node.Mapping mapping) {
    Node.Entry entry = mapping.entries().get(random.nextInt(mapping.entries().size()));
    return switch (random.nextInt(5)) {
      case 0 -> mapping.without(entry.key());
      case 1 ->
          mapping
              .without(entry.key())
              .with(new Node.Entry(entry.key() + "z", entry.location(), entry.value()));
      case 2 -> mapping.with(new Node.Entry(entry.key(), entry.location(), value()));
      case 3 -> mapping.with(new Node.Entry(any(KEYS), Location.NONE, value()));
      default -> entry.value() instanceof Node.Mapping inner ? inner : mapping;
    };
  }

  private Node value() {
    return switch (random.nextInt(16)) {
      case 0 -> new Node.Sequence(Location.NONE, List.of());
      case 1 -> new Node.Mapping(Location.NONE, List.of());
      case 2 -> new Node.Sequence(Location.NONE, List.of(plain("2"), plain("3")));
      case 3 -> Node.single("x", Location.NONE, plain("1"));
      default -> plain(any(VALUES));
    };
  }

  private static Node plain(String text) {
    return Node.plain(Location.NONE, text);
  }

  private String any(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }
}
