package org.rondoml.distribution.coverage;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.ModelFileException;
import org.rondoml.core.config.Components;
import org.rondoml.core.config.ConfigSchema;
import org.rondoml.core.config.Item;
import org.rondoml.core.config.Node;
import org.rondoml.core.config.PerOutput;
import org.rondoml.core.config.Problems;
import org.rondoml.core.config.WithArguments;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Kind;
import org.rondoml.core.spi.Nested;
import org.rondoml.dsl.language.StrictYaml;
import org.rondoml.dsl.specification.Document;

/**
 * The components that model files name, those inside others too; not those that a default stands
 * for. The files are walked as the records of the language have it, so that a name counts for the
 * kind that it has in its place.
 */
final class NamedComponents {
  private final Registry registry;
  private final Set<String> found = new HashSet<>();

  NamedComponents(Registry registry) {
    this.registry = registry;
  }

  /** Adds those of a model file. */
  void add(Path model) {
    Problems problems = new Problems();
    Node document = new StrictYaml(problems).read(model);
    if (problems.hasErrors()) {
      throw new ModelFileException(problems.sorted());
    }
    value(Document.class, document);
  }

  /** Whether a component of a kind has been named. */
  boolean contains(String kind, String id) {
    return found.contains(kind + " " + id);
  }

  private void value(Type type, Node node) {
    if (type instanceof ParameterizedType generic) {
      generic(generic, node);
      return;
    }
    Class<?> plain = (Class<?>) type;
    Kind kind = plain.getAnnotation(Kind.class);
    if (kind != null) {
      component(plain, kind, node);
    } else if (plain.isRecord() && node instanceof Node.Mapping mapping) {
      keys(registry.schemas().of(plain.asSubclass(Record.class)), mapping);
    }
  }

  private void generic(ParameterizedType type, Node node) {
    Type[] arguments = type.getActualTypeArguments();
    Type element = arguments[arguments.length - 1];
    if (type.getRawType() == Nested.class
        || type.getRawType() == Item.class
        || type.getRawType() == WithArguments.class) {
      value(arguments[0], node);
    } else if (type.getRawType() == PerOutput.class) {
      perOutput(innermost(element), node);
    } else {
      parts(node).forEach(part -> value(element, part));
    }
  }

  private static Type innermost(Type type) {
    return type instanceof ParameterizedType generic
        ? innermost(generic.getActualTypeArguments()[0])
        : type;
  }

  /** One for all outputs, or lists and maps by output, which end in components. */
  private void perOutput(Type element, Node node) {
    boolean byOutput =
        node instanceof Node.Mapping mapping
            && element instanceof Class<?> kind
            && mapping.keys().stream().noneMatch(name -> isComponent(kind, name));
    if (node instanceof Node.Sequence || byOutput) {
      parts(node).forEach(part -> perOutput(element, part));
    } else {
      value(element, node);
    }
  }

  private static List<Node> parts(Node node) {
    if (node instanceof Node.Sequence sequence) {
      return sequence.items();
    }
    if (node instanceof Node.Mapping mapping && mapping.get("class_name") == null) {
      List<Node> values = new ArrayList<>();
      mapping.entries().forEach(entry -> values.add(entry.value()));
      return values;
    }
    return List.of(node);
  }

  private boolean isComponent(Class<?> kind, String name) {
    return name.equals("class_name") || find(kind, name).isPresent();
  }

  private Optional<Components.Found<?>> find(Class<?> kind, String name) {
    return registry.find(kind, name) instanceof Components.Found<?> component
        ? Optional.of(component)
        : Optional.empty();
  }

  private void component(Class<?> type, Kind kind, Node node) {
    if (node instanceof Node.Scalar scalar) {
      String text = scalar.isNull() ? kind.none() : scalar.text();
      boolean number = !kind.number().isEmpty() && !text.isEmpty() && !isComponent(type, text);
      component(type, kind, number ? kind.number() : text, null);
    } else if (node instanceof Node.Mapping mapping && mapping.get("class_name") != null) {
      String name = String.valueOf(((Node.Scalar) mapping.get("class_name")).text());
      component(type, kind, name, mapping.get("config"));
    } else if (node instanceof Node.Mapping mapping) {
      for (Node.Entry entry : mapping.entries()) {
        if (isComponent(type, entry.key())) {
          component(type, kind, entry.key(), entry.value());
        }
      }
    }
  }

  private void component(Class<?> type, Kind kind, String name, @Nullable Node arguments) {
    Components.Found<?> component = find(type, name).orElse(null);
    if (component == null) {
      return; // not installed: the test that runs the file tells
    }
    found.add(kind.value() + " " + component.provider().id());
    ConfigSchema schema = registry.schemas().of(component.provider().configType());
    if (arguments == null || arguments.isNull() || schema.keys().isEmpty()) {
      return;
    }
    if (arguments instanceof Node.Mapping mapping && !isFirstArgument(schema, mapping)) {
      keys(schema, mapping);
    } else {
      value(schema.keys().get(0).type(), arguments);
    }
  }

  /** Whether a map is no config, but the first argument: {@code Bidirectional: {LSTM: 3}}. */
  private boolean isFirstArgument(ConfigSchema schema, Node.Mapping mapping) {
    Type first = innermost(schema.keys().get(0).type());
    return mapping.entries().size() == 1
        && schema.key(mapping.keys().get(0)).isEmpty()
        && first instanceof Class<?> kind
        && kind.isAnnotationPresent(Kind.class)
        && isComponent(kind, mapping.keys().get(0));
  }

  private void keys(ConfigSchema schema, Node.Mapping mapping) {
    for (Node.Entry entry : mapping.entries()) {
      for (ConfigSchema.Key key : schema.keys()) {
        boolean isAlias = key.alias() != null && key.alias().value().equals(entry.key());
        if (isAlias || key.name().equals(entry.key())) {
          value(key.type(), entry.value());
        }
      }
    }
  }
}
