package org.rondoml.dsl.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.config.ConfigSchema;
import org.rondoml.core.spi.Alias;

/** The schema of a map of keys: those that are known, those that are required, and no others. */
final class KeysSchema {
  private final ComponentSchemas components;
  private final ObjectNode properties = Definitions.object();
  private final List<String> required = new ArrayList<>();
  private final ObjectNode dependent = Definitions.object();
  private final List<ObjectNode> rules = new ArrayList<>();

  KeysSchema(ComponentSchemas components) {
    this.components = components;
  }

  /** Adds a key, and its older name. */
  void add(ConfigSchema.Key key) {
    add(key, Arrays.stream(Semantics.values()).filter(key::isKnownIn).toList());
  }

  /** Adds a key that only some generations know here. */
  void add(ConfigSchema.Key key, List<Semantics> known) {
    properties.set(key.name(), KeySchema.described(key, known, components));
    Alias alias = key.alias();
    if (alias != null) {
      properties.set(
          alias.value(), ComponentSchemas.notProposed(KeySchema.described(key, known, components)));
      dependent.putObject(alias.value()).putObject("properties").put(key.name(), false);
    }
    if (key.required() && alias == null) {
      required.add(key.name());
    } else if (key.required() && alias != null) {
      ObjectNode either = Definitions.object();
      either.putArray("anyOf").addObject().putArray("required").add(key.name());
      either.withArray("anyOf").addObject().putArray("required").add(alias.value());
      rules.add(either);
    }
  }

  ObjectNode schema() {
    ObjectNode schema = Definitions.object().put("type", "object");
    schema.set("properties", properties);
    if (!required.isEmpty()) {
      required.forEach(schema.putArray("required")::add);
    }
    if (!dependent.isEmpty()) {
      schema.set("dependentSchemas", dependent);
    }
    if (!rules.isEmpty()) {
      rules.forEach(schema.putArray("allOf")::add);
    }
    return schema.put("additionalProperties", false);
  }
}
