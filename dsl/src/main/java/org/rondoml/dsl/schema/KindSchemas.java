package org.rondoml.dsl.schema;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.rondoml.core.config.ConfigSchema;
import org.rondoml.core.config.Notations;
import org.rondoml.core.registry.Component;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Kind;

/**
 * Schemas of components in all of their notations: {@code Name}, {@code Name: {key: value}}, {@code
 * Name: value} and {@code {class_name: Name, config: {...}}}; where the kind has them, a bare
 * number and null as well.
 *
 * <p>A kind has a definition for each notation ({@code layer.names}, {@code layer.by_name}, {@code
 * layer.by_class_name}). Editors complete from {@code properties}, so names are properties there,
 * and only ids are proposed.
 */
final class KindSchemas {
  private static final String ONE_KEY = "one_key";

  private final Registry registry;
  private final Definitions definitions;
  private final ComponentSchemas components;

  /**
   * Schemas of kinds.
   *
   * @param components makes what stands after a component's name
   */
  KindSchemas(Registry registry, Definitions definitions, ComponentSchemas components) {
    this.registry = registry;
    this.definitions = definitions;
    this.components = components;
  }

  /** A reference to the schema of a kind's components in any notation. */
  ObjectNode of(KindUse use) {
    return definitions.ref(use, use.itemPrefix(), () -> kindDefinition(use));
  }

  private ObjectNode kindDefinition(KindUse use) {
    Kind kind = use.kind().getAnnotation(Kind.class);
    ObjectNode definition = Definitions.object().put("title", kind.value());
    ArrayNode any = definition.putArray("anyOf");
    firstArgumentForms(use).forEach(any::add);
    any.add(
        definitions.ref(
            List.of(use, Notations.CLASS_NAME),
            use.itemPrefix() + ".by_class_name",
            () -> byClassName(use)));
    if (!kind.none().isEmpty()) {
      any.addObject().put("type", "null");
    }
    return definition;
  }

  /** The notations that may stand after the name of a component whose first key takes the kind. */
  List<ObjectNode> firstArgumentForms(KindUse use) {
    List<ObjectNode> forms = new ArrayList<>();
    if (!withoutRequiredKeys(use).isEmpty()) {
      forms.add(bareNames(use));
    }
    forms.add(byName(use));
    String number = use.kind().getAnnotation(Kind.class).number();
    Component<?> component = registry.names(use.kind()).get(number);
    if (component != null) {
      ConfigSchema.Key key = registry.schemas().of(component.provider().configType()).keys().get(0);
      forms.add(KeySchema.of(key, components));
    }
    return forms;
  }

  /** The same, but nothing of which editors propose anything: they complete no patterns. */
  ObjectNode notProposedForms(KindUse use) {
    return definitions.ref(
        List.of(use, "not proposed"),
        use.itemPrefix() + ".not_proposed",
        () -> {
          ObjectNode map = Definitions.object().put("type", "object");
          ObjectNode patterns = map.putObject("patternProperties");
          registry
              .names(use.kind())
              .forEach(
                  (name, c) ->
                      patterns.set("^" + name.replace(".", "\\.") + "$", components.value(c, use)));
          map.put("additionalProperties", false);
          map.putArray("allOf").add(oneKey());
          List<ObjectNode> forms = new ArrayList<>(firstArgumentForms(use));
          forms.replaceAll(form -> form.equals(byName(use)) ? map : form);
          return FlatSchema.of(definitions, forms)
              .orElseGet(() -> TypeSchemas.anyOf(forms.toArray(ObjectNode[]::new)));
        });
  }

  /** A reference to all names of a kind. */
  ObjectNode names(Class<?> kind) {
    String word = kind.getAnnotation(Kind.class).value();
    return definitions.ref(
        List.of(kind, "names"), word + ".names", () -> words(registry.names(kind).keySet()));
  }

  /** A reference to the names that can stand alone. */
  ObjectNode bareNames(KindUse use) {
    Set<String> bare = withoutRequiredKeys(use);
    return bare.equals(registry.names(use.kind()).keySet())
        ? names(use.kind())
        : definitions.ref(
            List.of(use.alone(), "bare"), use.prefix() + ".bare_names", () -> words(bare));
  }

  private Set<String> withoutRequiredKeys(KindUse use) {
    return registry.names(use.kind()).entrySet().stream()
        .filter(named -> !new ComponentKeys(named.getValue(), use, registry).anyRequired())
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static ObjectNode words(Set<String> words) {
    ObjectNode schema = Definitions.object();
    new TreeSet<>(words).forEach(schema.putArray("enum")::add);
    return schema;
  }

  private ObjectNode byName(KindUse use) {
    return definitions.ref(
        List.of(use, "by_name"), use.itemPrefix() + ".by_name", () -> byNameDefinition(use));
  }

  private ObjectNode byNameDefinition(KindUse use) {
    ObjectNode definition = Definitions.object().put("type", "object");
    ObjectNode properties = definition.putObject("properties");
    registry
        .names(use.kind())
        .forEach(
            (name, component) -> {
              ObjectNode ref = components.value(component, use);
              properties.set(
                  name, name.equals(component.id()) ? ref : ComponentSchemas.notProposed(ref));
            });
    definition.put("additionalProperties", false);
    List<String> beside = addBeside(use, properties);
    if (beside.isEmpty()) {
      // Apart from the properties, because an editor proposes none where their number is limited.
      definition.putArray("allOf").add(oneKey());
      return definition;
    }
    definition.putObject("if").putArray("required").add(beside.get(0));
    definition.putObject("then").put("minProperties", 2).put("maxProperties", 2);
    definition.putObject("else").put("minProperties", 1).put("maxProperties", 1);
    return definition;
  }

  private ObjectNode oneKey() {
    return definitions.ref(
        ONE_KEY,
        ONE_KEY,
        () -> Definitions.object().put("minProperties", 1).put("maxProperties", 1));
  }

  /** Adds the keys that may stand beside a component. */
  private List<String> addBeside(KindUse use, ObjectNode properties) {
    KeysSchema keys = new KeysSchema(components);
    ConfigSchema schema = registry.schemas().of(use.beside());
    schema.keys().forEach(keys::add);
    properties.setAll((ObjectNode) keys.schema().path("properties"));
    if (schema.keys().size() > 1 || schema.keys().stream().anyMatch(ConfigSchema.Key::required)) {
      throw new IllegalStateException(
          use.beside() + ": one key that isn't required is all that the schema knows to allow");
    }
    return schema.names();
  }

  private ObjectNode byClassName(KindUse use) {
    ObjectNode definition = Definitions.object().put("type", "object");
    ObjectNode properties = definition.putObject("properties");
    properties.set(Notations.CLASS_NAME, names(use.kind()));
    properties.set(Notations.CONFIG, ScalarSchemas.typed(true, "object"));
    addBeside(use, properties);
    definition.putArray("required").add(Notations.CLASS_NAME);
    definition.put("additionalProperties", false);
    ArrayNode each = definition.putArray("allOf");
    Map<String, Component<?>> names = registry.names(use.kind());
    for (Component<?> component : new LinkedHashSet<>(names.values())) {
      ObjectNode rule = each.addObject();
      ArrayNode own =
          rule.putObject("if")
              .putObject("properties")
              .putObject(Notations.CLASS_NAME)
              .putArray("enum");
      names.forEach(
          (name, named) -> {
            if (named.equals(component)) {
              own.add(name);
            }
          });
      ObjectNode then = rule.putObject("then");
      then.putObject("properties").set(Notations.CONFIG, components.value(component, use));
      if (new ComponentKeys(component, use, registry).anyRequired()) {
        then.putArray("required").add(Notations.CONFIG);
      }
    }
    return definition;
  }
}
