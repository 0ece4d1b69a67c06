package org.rondoml.distribution.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import org.rondoml.core.config.Node;
import org.rondoml.dsl.schema.YamlAsJson;

/** What an editor does with a model file: reads it as YAML 1.2, and validates it by the schema. */
final class Editor {
  private static final SchemaRegistry VALIDATORS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final Schema schema;

  private Editor(Schema schema) {
    this.schema = schema;
  }

  /** An editor that knows what the schema is written in. */
  static Editor of(JsonNode schema) {
    return new Editor(VALIDATORS.getSchema(schema));
  }

  /** An editor that takes every schema for one of draft 7, as some do. */
  static Editor older(JsonNode schema) {
    ObjectNode untold = schema.deepCopy();
    untold.remove("$schema");
    return new Editor(
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(untold));
  }

  /** What is wrong with a document. */
  List<String> mistakes(Node document) {
    return schema.validate(YamlAsJson.of(document)).stream().map(Error::toString).toList();
  }

  /** What is wrong with a schema. */
  static List<String> mistakesOfSchema(JsonNode schema) {
    Schema ofSchemas =
        VALIDATORS.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    return ofSchemas.validate(schema).stream().map(Error::toString).toList();
  }
}
