package org.rondoml.dsl.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Type;
import java.util.List;
import org.rondoml.core.config.ConfigSchema;
import org.rondoml.core.config.TypeCases;
import org.rondoml.core.spi.Kind;
import org.rondoml.core.spi.LayerArguments;

/**
 * What may stand for a component's first key where its keys stand, {@code Dropout: 0.2}: whatever
 * isn't a map, because that is the keys themselves; of maps only a component by its name, {@code
 * TimeDistributed: {Dense: 3}}.
 */
final class FirstArgumentForms implements TypeCases<List<ObjectNode>> {
  private final ComponentSchemas components;
  private final ConfigSchema.Key key;

  FirstArgumentForms(ComponentSchemas components, ConfigSchema.Key key) {
    this.components = components;
    this.key = key;
  }

  /** The key's own schema, which takes no map. */
  private List<ObjectNode> value() {
    ObjectNode schema = KeySchema.of(key, components).put("title", key.name());
    return List.of(
        key.description().isEmpty() ? schema : schema.put("description", key.description()));
  }

  @Override
  public List<ObjectNode> scalar(Class<?> type) {
    return value();
  }

  @Override
  public List<ObjectNode> shape() {
    return value();
  }

  /** A list, and a single element where the brackets may be left out and it is no map. */
  @Override
  public List<ObjectNode> list(Type element) {
    List<ObjectNode> value = value();
    if (!(element instanceof Class<?>)) {
      value.get(0).putObject("not").put("type", "object");
    }
    return value;
  }

  @Override
  public List<ObjectNode> oneOrMany(Type element) {
    return list(element);
  }

  @Override
  public List<ObjectNode> perOutput(Type element) {
    return list(element);
  }

  @Override
  public List<ObjectNode> map(Type value) {
    return List.of();
  }

  @Override
  public List<ObjectNode> record(Class<? extends Record> type) {
    return List.of();
  }

  @Override
  public List<ObjectNode> component(Class<?> kind) {
    return named(new KindUse(kind, Kind.NoArguments.class, Kind.NoArguments.class));
  }

  @Override
  public List<ObjectNode> nested(Class<?> kind) {
    return named(new KindUse(kind, LayerArguments.class, Kind.NoArguments.class));
  }

  /**
   * A key that isn't required is one of many, so an editor proposes nothing for it: among the keys
   * of an optimizer the names of schedules would only be in the way.
   */
  private List<ObjectNode> named(KindUse use) {
    return key.required()
        ? components.kinds().firstArgumentForms(use)
        : List.of(components.kinds().notProposedForms(use));
  }

  @Override
  public List<ObjectNode> withArguments(Class<?> kind, Class<? extends Record> arguments) {
    return List.of(
        components.kinds().bareNames(new KindUse(kind, arguments, Kind.NoArguments.class)));
  }

  @Override
  public List<ObjectNode> item(
      Class<?> kind, Class<? extends Record> arguments, Class<? extends Record> beside) {
    return List.of();
  }
}
