package org.rondoml.dsl.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Alternatives of different types in one schema, which needs no {@code anyOf} because its keywords
 * are each of one type: an editor can then tell what is wrong with a value, and not only that none
 * of the alternatives fits.
 */
final class FlatSchema {
  private final Definitions definitions;
  private final Set<String> types = new LinkedHashSet<>();
  private final ObjectNode keywords = Definitions.object();

  FlatSchema(Definitions definitions) {
    this.definitions = definitions;
  }

  /**
   * Adds an alternative.
   *
   * @return whether it could be: it has types that no other has, and says all by keywords
   */
  boolean add(ObjectNode alternative) {
    ObjectNode schema = alternative.deepCopy();
    schema.remove("title");
    schema.remove("description");
    if (schema.has("$ref")) {
      ObjectNode target = definitions.target(schema).deepCopy();
      schema.remove("$ref");
      schema = target.setAll(schema);
    }
    JsonNode any = schema.remove("anyOf");
    if (any != null) {
      return StreamSupport.stream(any.spliterator(), false).allMatch(a -> add((ObjectNode) a))
          && addKeywords(schema);
    }
    if (schema.has("enum")) {
      schema = pattern(schema);
    }
    return addTypes(schema.remove("type")) && addKeywords(schema);
  }

  /** An {@code enum} is not of one type, so its words become a pattern. */
  private static ObjectNode pattern(ObjectNode words) {
    String pattern =
        StreamSupport.stream(words.path("enum").spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining("|", "^(?:", ")$"));
    return Definitions.object().put("type", "string").put("pattern", pattern);
  }

  private boolean addTypes(JsonNode added) {
    if (added == null) {
      return false;
    }
    boolean free = true;
    for (JsonNode type : added.isArray() ? added : Definitions.array().add(added)) {
      free &= types.add(type.asText());
    }
    return free;
  }

  private boolean addKeywords(ObjectNode added) {
    boolean free = true;
    for (Map.Entry<String, JsonNode> keyword : added.properties()) {
      free &= keywords.replace(keyword.getKey(), keyword.getValue()) == null;
    }
    return free;
  }

  /** The schema; empty where an alternative could not be added. */
  static Optional<ObjectNode> of(Definitions definitions, Iterable<ObjectNode> alternatives) {
    FlatSchema flat = new FlatSchema(definitions);
    for (ObjectNode alternative : alternatives) {
      if (!flat.add(alternative)) {
        return Optional.empty();
      }
    }
    return Optional.of(flat.schema());
  }

  private ObjectNode schema() {
    ObjectNode schema = ScalarSchemas.typed(false, types.toArray(String[]::new));
    return schema.setAll(keywords);
  }
}
