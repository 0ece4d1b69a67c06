package org.rondoml.dsl.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.rondoml.core.config.ScalarForm;

/** Schemas of single values, and of shapes, which a single size may stand for. */
final class ScalarSchemas {
  private final Definitions definitions;

  ScalarSchemas(Definitions definitions) {
    this.definitions = definitions;
  }

  /**
   * The schema of a type's values.
   *
   * @param nullable whether null is one
   */
  ObjectNode of(Class<?> type, boolean nullable) {
    ScalarForm form = ScalarForm.of(type).orElseThrow();
    return switch (form) {
      case WHOLE, LARGE, NUMBER, FILE_NAME, TEXT -> shared(form, nullable);
      case TRUTH -> typed(nullable, "boolean");
      case WORD -> words(type, nullable);
    };
  }

  private ObjectNode shared(ScalarForm form, boolean nullable) {
    String name = form.name().toLowerCase(Locale.ROOT) + (nullable ? "_or_null" : "");
    return definitions.ref(name, name, () -> definition(form, nullable));
  }

  private static ObjectNode definition(ScalarForm form, boolean nullable) {
    return switch (form) {
      case WHOLE ->
          typed(nullable, "integer")
              .put("minimum", Integer.MIN_VALUE)
              .put("maximum", Integer.MAX_VALUE);
      case LARGE ->
          typed(nullable, "integer").put("minimum", Long.MIN_VALUE).put("maximum", Long.MAX_VALUE);
      // A fraction is a text to JSON.
      case NUMBER ->
          typed(nullable, "number", "string")
              .put("minimum", -Double.MAX_VALUE)
              .put("maximum", Double.MAX_VALUE)
              .put("pattern", ScalarForm.NUMBER_AS_TEXT);
      // A text needs no quotes, whatever else YAML may take it for.
      case FILE_NAME -> typed(nullable, "string", "number", "boolean").put("pattern", "\\S");
      case TEXT -> typed(nullable, "string", "number", "boolean");
      case TRUTH, WORD -> throw new IllegalArgumentException(form + " is written out");
    };
  }

  /**
   * The schema of a shape.
   *
   * @param nullable whether null is one
   */
  ObjectNode shape(boolean nullable) {
    String name = nullable ? "shape_or_null" : "shape";
    return definitions.ref(
        name,
        name,
        () -> {
          ObjectNode shape = size(typed(nullable, "array", "integer"));
          // Where null stands, only the data tells.
          shape.set("items", size(typed(true, "integer")));
          return shape;
        });
  }

  private static ObjectNode size(ObjectNode schema) {
    return schema.put("minimum", 1).put("maximum", Long.MAX_VALUE);
  }

  private static ObjectNode words(Class<?> type, boolean nullable) {
    ObjectNode schema = Definitions.object();
    ArrayNode words = schema.putArray("enum");
    ScalarForm.words(type).forEach(words::add);
    if (nullable) {
      words.addNull();
    }
    return schema;
  }

  static ObjectNode typed(boolean nullable, String... types) {
    ObjectNode schema = Definitions.object();
    if (types.length == 1 && !nullable) {
      return schema.put("type", types[0]);
    }
    ArrayNode all = schema.putArray("type");
    for (String type : types) {
      all.add(type);
    }
    if (nullable) {
      all.add("null");
    }
    return schema;
  }
}
