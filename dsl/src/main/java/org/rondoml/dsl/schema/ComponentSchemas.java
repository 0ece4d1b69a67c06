package org.rondoml.dsl.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rondoml.api.Semantics;
import org.rondoml.core.config.ConfigSchema;
import org.rondoml.core.config.TypeCases;
import org.rondoml.core.registry.Component;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.registry.SnakeCase;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.OldName;

/**
 * Schemas of types, of records, and of what stands after a component's name ({@code layer.Dense}):
 * its keys, the value of its first key, or nothing.
 */
final class ComponentSchemas {
  private final Registry registry;
  private final Definitions definitions;
  private final ScalarSchemas scalars;
  private final KindSchemas kinds;

  ComponentSchemas(Registry registry, Definitions definitions) {
    this.registry = registry;
    this.definitions = definitions;
    this.scalars = new ScalarSchemas(definitions);
    this.kinds = new KindSchemas(registry, definitions, this);
  }

  ScalarSchemas scalars() {
    return scalars;
  }

  KindSchemas kinds() {
    return kinds;
  }

  /** The schema of a type's values, other than null. */
  ObjectNode type(Type type) {
    return TypeCases.of(type, new TypeSchemas(this, false, List.of()));
  }

  /**
   * A reference to the schema of a record.
   *
   * @param nullable whether null may stand there
   */
  ObjectNode record(Class<? extends Record> type, boolean nullable) {
    return definitions.ref(
        List.of(type, nullable),
        SnakeCase.of(type.getSimpleName()) + (nullable ? "_or_null" : ""),
        () -> recordDefinition(type, nullable));
  }

  /** The schema of a record, written out. */
  ObjectNode recordDefinition(Class<? extends Record> type, boolean nullable) {
    ConfigSchema schema = registry.schemas().of(type);
    KeysSchema keys = new KeysSchema(this);
    schema.keys().forEach(keys::add);
    ObjectNode definition = Definitions.object();
    if (!schema.description().isEmpty()) {
      definition.put("description", schema.description());
    }
    definition.setAll(keys.schema());
    return definition.setAll(ScalarSchemas.typed(nullable, "object"));
  }

  /** A reference to what stands after a component's name. */
  ObjectNode value(Component<?> component, KindUse use) {
    KindUse alone = use.alone();
    return definitions.ref(
        List.of(alone, component.id()),
        definitionName(component.id(), use),
        () -> valueDefinition(component, alone));
  }

  static String definitionName(String id, KindUse use) {
    return Definitions.nameOf(use.prefix() + "." + id);
  }

  private ObjectNode valueDefinition(Component<?> component, KindUse use) {
    ComponentKeys keys = new ComponentKeys(component, use, registry);
    ObjectNode definition = Definitions.object().put("title", component.id());
    String description = description(component);
    if (!description.isEmpty()) {
      definition.put("description", description);
    }
    List<ObjectNode> forms = new ArrayList<>();
    KeysSchema map = new KeysSchema(this);
    keys.addTo(map);
    forms.add(map.schema());
    keys.first()
        .ifPresent(
            key -> forms.addAll(TypeCases.of(key.type(), new FirstArgumentForms(this, key))));
    if (!keys.anyRequired()) {
      forms.add(ScalarSchemas.typed(false, "null"));
    }
    return definition.setAll(
        FlatSchema.of(definitions, forms)
            .orElseGet(() -> TypeSchemas.anyOf(forms.toArray(ObjectNode[]::new))));
  }

  /** The keys of a component in its definition; null where it has none. */
  static @Nullable ObjectNode properties(JsonNode definition) {
    JsonNode map = definition.has("anyOf") ? definition.path("anyOf").path(0) : definition;
    return map.path("properties") instanceof ObjectNode properties ? properties : null;
  }

  private String description(Component<?> component) {
    ConfigSchema schema = registry.schemas().of(component.provider().configType());
    StringBuilder text = new StringBuilder(schema.description());
    KnownIn known = component.provider().configType().getAnnotation(KnownIn.class);
    if (known != null) {
      text.append(" (only in ").append(join(Arrays.asList(known.value()))).append(')');
    }
    for (OldName old : component.provider().oldNames()) {
      text.append(" (").append(old.name()).append(" in ").append(join(old.in())).append(')');
    }
    return text.toString().strip();
  }

  private static String join(List<Semantics> semantics) {
    return semantics.stream().map(Semantics::toString).collect(Collectors.joining(", "));
  }

  /** Known, and described, but not proposed beside the name that means the same. */
  static ObjectNode notProposed(ObjectNode schema) {
    return schema.put("doNotSuggest", true);
  }
}
