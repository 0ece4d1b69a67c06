package org.rondoml.dsl.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.rondoml.api.Semantics;
import org.rondoml.core.config.ConfigSchema;
import org.rondoml.core.config.FlowText;
import org.rondoml.core.config.Location;
import org.rondoml.core.config.TypeCases;
import org.rondoml.dsl.reference.ComponentReference;

/** The schema of a key's values. */
final class KeySchema {
  private KeySchema() {}

  /** The type and the limits of a value that is given. */
  static ObjectNode of(ConfigSchema.Key key, ComponentSchemas components) {
    return of(key, false, components);
  }

  private static ObjectNode of(
      ConfigSchema.Key key, boolean nullable, ComponentSchemas components) {
    ObjectNode schema =
        TypeCases.of(key.type(), new TypeSchemas(components, nullable, key.elementConstraints()));
    new ConstraintKeywords(key, schema).add();
    return schema;
  }

  /**
   * The same with all that there is to tell. The default is that of the newest generation that
   * knows the key; where another's differs, the description tells.
   *
   * @param known the generations in which the key is known
   */
  static ObjectNode described(
      ConfigSchema.Key key, List<Semantics> known, ComponentSchemas components) {
    ComponentReference.Key reference = ComponentReference.Key.of(key, known);
    ObjectNode schema = of(key, key.nullable(), components);
    String description = description(reference);
    if (!description.isEmpty()) {
      schema.put("description", description);
    }
    String text = known.isEmpty() ? null : key.defaultText(known.get(known.size() - 1));
    // Editors write the default out, and null says no more than the key's absence.
    if (text != null && !FlowText.parse(text, Location.NONE).isNull()) {
      schema.set("default", YamlAsJson.of(FlowText.parse(text, Location.NONE)));
    }
    return schema;
  }

  private static String description(ComponentReference.Key key) {
    List<String> defaults = key.defaultsBySemantics().values().stream().distinct().toList();
    if (defaults.size() < 2) {
      return key.description().strip();
    }
    boolean sentence = key.description().isEmpty() || key.description().endsWith(".");
    return (key.description() + (sentence ? " Default: " : "; default: ") + key.defaults()).strip();
  }
}
