package org.rondoml.dsl.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The {@code $defs} of a schema: each is made when it is first referred to. */
final class Definitions {
  private static final String PLACE = "#/$defs/";

  private final Map<Object, String> names = new HashMap<>();
  private final Map<String, ObjectNode> definitions = new TreeMap<>();

  /**
   * A reference to the definition of a subject.
   *
   * @param subject what it defines
   * @param wanted its name; another subject's that has it already gets a number
   * @param definition makes it, and may refer to it
   */
  ObjectNode ref(Object subject, String wanted, Supplier<ObjectNode> definition) {
    String known = names.get(subject);
    if (known == null) {
      String name = nameOf(wanted);
      for (int i = 2; definitions.containsKey(name); i++) {
        name = nameOf(wanted) + "_" + i;
      }
      names.put(subject, name);
      definitions.put(name, object());
      definitions.put(name, definition.get());
      known = name;
    }
    return object().put("$ref", PLACE + known);
  }

  /** The name without what would have another meaning in a reference. */
  static String nameOf(String wanted) {
    return wanted.replace('/', '.');
  }

  /** What a reference refers to. */
  ObjectNode target(ObjectNode ref) {
    ObjectNode target = definitions.get(ref.path("$ref").asText().substring(PLACE.length()));
    if (target == null) {
      throw new IllegalArgumentException(ref + " refers to nothing");
    }
    return target;
  }

  /** All of them by name. */
  ObjectNode all() {
    ObjectNode all = object();
    definitions.forEach(all::set);
    return all;
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
