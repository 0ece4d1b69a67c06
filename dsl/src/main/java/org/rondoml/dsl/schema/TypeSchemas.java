package org.rondoml.dsl.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rondoml.core.config.TypeCases;
import org.rondoml.core.spi.Kind;
import org.rondoml.core.spi.LayerArguments;

/** The schema of a type's values, in every form that the binder takes. */
final class TypeSchemas implements TypeCases<ObjectNode> {
  private final ComponentSchemas components;
  private final boolean nullable;
  private final List<Annotation> elementConstraints;

  /**
   * Schemas of the types of one key.
   *
   * @param nullable whether null is a value
   * @param elementConstraints what the elements are limited to, where it is a list or map
   */
  TypeSchemas(ComponentSchemas components, boolean nullable, List<Annotation> elementConstraints) {
    this.components = components;
    this.nullable = nullable;
    this.elementConstraints = elementConstraints;
  }

  private ObjectNode element(Type type) {
    ObjectNode schema = components.type(type);
    ConstraintKeywords.addBounds(elementConstraints, schema);
    return schema;
  }

  @Override
  public ObjectNode scalar(Class<?> type) {
    return components.scalars().of(type, nullable);
  }

  @Override
  public ObjectNode shape() {
    return components.scalars().shape(nullable);
  }

  @Override
  public ObjectNode list(Type element) {
    ObjectNode list = array(element(element));
    return TypeCases.mayBeOne(element)
        ? orNull(element(element), list)
        : nullable ? orNull(list) : list;
  }

  @Override
  public ObjectNode map(Type value) {
    ObjectNode schema = ScalarSchemas.typed(nullable, "object");
    schema.set("additionalProperties", element(value));
    return schema;
  }

  @Override
  public ObjectNode record(Class<? extends Record> type) {
    return components.record(type, nullable);
  }

  @Override
  public ObjectNode component(Class<?> kind) {
    return component(kind, Kind.NoArguments.class);
  }

  @Override
  public ObjectNode nested(Class<?> kind) {
    return component(kind, LayerArguments.class);
  }

  @Override
  public ObjectNode withArguments(Class<?> kind, Class<? extends Record> arguments) {
    return component(kind, arguments);
  }

  private ObjectNode component(Class<?> kind, Class<? extends Record> arguments) {
    ObjectNode ref = components.kinds().of(new KindUse(kind, arguments, Kind.NoArguments.class));
    return nullable && kind.getAnnotation(Kind.class).none().isEmpty() ? orNull(ref) : ref;
  }

  @Override
  public ObjectNode item(
      Class<?> kind, Class<? extends Record> arguments, Class<? extends Record> beside) {
    return components.kinds().of(new KindUse(kind, arguments, beside));
  }

  @Override
  public ObjectNode oneOrMany(Type element) {
    return orNull(element(element), array(element(element)).put("minItems", 1));
  }

  /** One for all outputs, a list in their order, or a map by their names. */
  @Override
  public ObjectNode perOutput(Type element) {
    boolean lists =
        element instanceof ParameterizedType generic && generic.getRawType() == List.class;
    Type one = lists ? ((ParameterizedType) element).getActualTypeArguments()[0] : element;
    ObjectNode ofAny = lists ? anyOf(element(one), array(element(one))) : element(one);
    return orNull(element(one), array(ofAny), byName(one, ofAny));
  }

  /**
   * A map by name. Where its values are components, a single key that is the name of one, or begins
   * like one, is that component, as the binder has it.
   */
  private ObjectNode byName(Type one, ObjectNode value) {
    ObjectNode schema =
        Definitions.object().put("title", "by the outputs' names").put("type", "object");
    schema.set("additionalProperties", value);
    Class<?> kind = kind(one);
    if (kind != null) {
      schema.putObject("properties").put("class_name", false);
      schema.putObject("if").put("maxProperties", 1);
      ArrayNode taken =
          schema.putObject("then").putObject("propertyNames").putObject("not").putArray("anyOf");
      taken.addObject().put("pattern", "^[A-Z]");
      taken.add(components.kinds().names(kind));
    }
    return schema;
  }

  private static @Nullable Class<?> kind(Type type) {
    Type first = type instanceof ParameterizedType p ? p.getActualTypeArguments()[0] : type;
    return first instanceof Class<?> plain && plain.isAnnotationPresent(Kind.class) ? plain : null;
  }

  private static ObjectNode array(ObjectNode items) {
    ObjectNode schema = Definitions.object().put("type", "array");
    schema.set("items", items);
    return schema;
  }

  private ObjectNode orNull(ObjectNode... schemas) {
    ObjectNode any = anyOf(schemas);
    if (nullable) {
      any.withArray("anyOf").addObject().put("type", "null");
    }
    return any;
  }

  static ObjectNode anyOf(ObjectNode... schemas) {
    ObjectNode any = Definitions.object();
    ArrayNode all = any.putArray("anyOf");
    for (ObjectNode schema : schemas) {
      all.add(schema);
    }
    return any;
  }
}
