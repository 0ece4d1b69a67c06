package org.rondoml.dsl.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.rondoml.api.Shape;
import org.rondoml.core.registry.Component;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Kind;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerArguments;
import org.rondoml.dsl.specification.Document;
import org.rondoml.dsl.specification.InputShape;
import org.rondoml.dsl.specification.ModelSection;

/**
 * The JSON Schema of model files with all components that are installed. What the records say of
 * themselves is {@link ComponentSchemas}'; here is what the reader of model files adds to them: the
 * version, and {@code input_shape} on the first layer.
 */
public final class LanguageSchema {
  /** What the {@code $comment} of every schema begins with, by which a file is known as one. */
  static final String MARK = "Written by 'rondo schema'";

  private static final String VERSION_OF_SCHEMAS = "https://json-schema.org/draft/2020-12/schema";
  private static final String NO_INPUT_SHAPE = "no_input_shape";

  private final Registry registry;
  private final Definitions definitions = new Definitions();
  private final ComponentSchemas components;

  private LanguageSchema(Registry registry) {
    this.registry = registry;
    this.components = new ComponentSchemas(registry, definitions);
  }

  /** The schema, as JSON. */
  public static JsonNode of(Registry registry) {
    return new LanguageSchema(registry).schema();
  }

  private ObjectNode schema() {
    ObjectNode schema = Definitions.object();
    schema.put("$schema", VERSION_OF_SCHEMAS);
    schema.put("$comment", MARK + " from what is installed; write it anew after installing more.");
    schema.put("title", "Rondo model file");
    schema.setAll(components.recordDefinition(Document.class, false));
    ((ObjectNode) schema.at("/properties/rondo")).put("const", Document.VERSION);
    allowInputShape();
    schema.set("$defs", definitions.all());
    return schema;
  }

  /** Adds the key to every layer, and takes it from all but the model's first. */
  private void allowInputShape() {
    KindUse nested = new KindUse(Layer.class, LayerArguments.class, Kind.NoArguments.class);
    ObjectNode shape = components.type(Shape.class);
    shape.put("description", InputShape.DESCRIPTION);
    ObjectNode key = definitions.ref(InputShape.KEY, InputShape.KEY, () -> shape);
    for (Component<Layer> layer : registry.components(Layer.class)) {
      String name = ComponentSchemas.definitionName(layer.id(), nested);
      ObjectNode keys = ComponentSchemas.properties(definitions.all().path(name));
      if (!layer.id().equals(InputShape.INPUT) && keys != null) {
        keys.set(InputShape.KEY, key);
      }
    }
    ObjectNode none = definitions.ref(NO_INPUT_SHAPE, NO_INPUT_SHAPE, LanguageSchema::noInputShape);
    for (String notation : List.of(".by_name", ".by_class_name")) {
      JsonNode inner = definitions.all().path(nested.prefix() + notation);
      if (inner instanceof ObjectNode object) {
        object.withArray("allOf").add(none);
      }
    }
    ObjectNode section = definitions.target(components.record(ModelSection.class, true));
    ObjectNode layers = (ObjectNode) section.at("/properties/layers");
    // A validator of draft 7 passes over prefixItems, so to it the condition holds of every list.
    layers.putObject("if").putArray("prefixItems").add(false);
    layers.putObject("else").putArray("prefixItems").add(true);
    ((ObjectNode) layers.get("else")).set("items", none);
  }

  /** A layer, in either notation, whose keys have no input_shape. */
  private static ObjectNode noInputShape() {
    ObjectNode schema = Definitions.object();
    schema.putObject("additionalProperties").putObject("properties").put(InputShape.KEY, false);
    return schema;
  }
}
