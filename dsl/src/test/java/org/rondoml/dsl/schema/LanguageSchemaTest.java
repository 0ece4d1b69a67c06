package org.rondoml.dsl.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.config.PerOutput;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Alias;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Nested;
import org.rondoml.core.spi.OneOrMany;

/** The schema of a component with every type of key and every constraint. */
class LanguageSchemaTest {
  enum Side {
    LEFT,
    RIGHT
  }

  record Inner(@Default("1") int a) {}

  @Description("Has everything.")
  record Config(
      @Description("how many") @Positive int whole,
      @Default(value = "2", tf1 = "3") @Min(1) @Max(9) long large,
      @Default("0.5") @DecimalMin("0") @DecimalMax(value = "1", inclusive = false) double number,
      @Default("0.5") @PositiveOrZero double notNegative,
      @Default("-1") @Negative double negative,
      @Default("-1") @NegativeOrZero double notPositive,
      @Default("true") boolean truth,
      @Default("left") Side word,
      @Nullable Side wordOrNot,
      @Default("x") @NotBlank String text,
      @Default("x") @Pattern(regexp = "[a-z]+") String letters,
      @Default("auto") @Pattern(regexp = "auto|true") String auto,
      @Nullable Path file,
      @Nullable Shape shape,
      @Default("[1]") @NotEmpty List<@Positive Integer> sizes,
      @Default("[1.5]") @Size(min = 1, max = 2) List<Double> list,
      @Default("{}") Map<String, Double> map,
      @Default("{}") Inner inner,
      @Nullable Nested<Layer> layer,
      @Nullable PerOutput<Double> weights,
      @Default("1") OneOrMany<Integer> often,
      @Default("0.5")
          @Alias(
              value = "p",
              in = {Semantics.TF1})
          double rate,
      @Default("1") @KnownIn(value = Semantics.TF2, cure = "drop it") int old) {}

  static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "acme/Everything";
    }

    @Override
    public List<String> aliases() {
      return List.of("all");
    }

    @Override
    public Class<Config> configType() {
      return Config.class;
    }

    @Override
    public Layer create(Config config, Semantics semantics) {
      throw new UnsupportedOperationException();
    }
  }

  private final JsonNode schema = LanguageSchema.of(Registry.of(List.of(new Provider())));
  private final JsonNode everything = schema.at("/$defs/layer.acme.Everything");

  private String key(String name) {
    return everything.path("properties").path(name).toString().replace('"', '\'');
  }

  @Test
  void saysEveryTypeAndConstraint() {
    assertEquals(
        "{'$ref':'#/$defs/whole','exclusiveMinimum':0,'description':'how many'}", key("whole"));
    assertEquals(
        "{'$ref':'#/$defs/large','minimum':1,'maximum':9,'description':'Default: 2 (tf1: 3)','default':2}",
        key("large"));
    assertEquals(
        "{'$ref':'#/$defs/number','minimum':0,'exclusiveMaximum':1,'default':0.5}", key("number"));
    assertEquals("{'$ref':'#/$defs/number','minimum':0,'default':0.5}", key("not_negative"));
    assertEquals("{'$ref':'#/$defs/number','exclusiveMaximum':0,'default':-1}", key("negative"));
    assertEquals("{'$ref':'#/$defs/number','maximum':0,'default':-1}", key("not_positive"));
    assertEquals("{'type':'boolean','default':true}", key("truth"));
    assertEquals("{'enum':['left','right'],'default':'left'}", key("word"));
    assertEquals("{'enum':['left','right',null]}", key("word_or_not"));
    assertEquals("{'$ref':'#/$defs/text','pattern':'\\\\S','default':'x'}", key("text"));
    assertEquals(
        "{'$ref':'#/$defs/text','pattern':'^(?:[a-z]+)$','type':['string','boolean'],'default':'x'}",
        key("letters"));
    assertEquals(
        "{'$ref':'#/$defs/text','pattern':'^(?:auto|true)$','type':['string','boolean'],'default':'auto'}",
        key("auto"));
    assertEquals("{'$ref':'#/$defs/file_name_or_null'}", key("file"));
    assertEquals("{'$ref':'#/$defs/shape_or_null'}", key("shape"));
    String size = "{'$ref':'#/$defs/whole','exclusiveMinimum':0}";
    assertEquals(
        "{'anyOf':[" + size + ",{'type':'array','items':" + size + "}],'minItems':1,'default':[1]}",
        key("sizes"));
    assertEquals(
        "{'type':'array','items':{'$ref':'#/$defs/number'},'minItems':1,'maxItems':2,'default':[1.5]}",
        key("list"));
    assertEquals(
        "{'type':'object','additionalProperties':{'$ref':'#/$defs/number'},'default':{}}",
        key("map"));
    assertEquals("{'$ref':'#/$defs/inner','default':{}}", key("inner"));
    assertEquals("{'anyOf':[{'$ref':'#/$defs/layer'},{'type':'null'}]}", key("layer"));
    assertTrue(key("weights").startsWith("{'anyOf':[{'$ref':'#/$defs/number'},{'type':'array',"));
    assertTrue(key("often").startsWith("{'anyOf':[{'$ref':'#/$defs/whole'},{'type':'array',"));
    assertEquals("{'$ref':'#/$defs/whole','description':'(only in tf2)','default':1}", key("old"));
  }

  @Test
  void anOlderNameIsKnownButNotProposed() {
    assertEquals("{'$ref':'#/$defs/number','description':'(p in tf1)','default':0.5}", key("rate"));
    assertEquals(
        "{'$ref':'#/$defs/number','description':'(p in tf1)','default':0.5,'doNotSuggest':true}",
        key("p"));
    assertEquals(
        "{\"p\":{\"properties\":{\"rate\":false}}}",
        everything.path("dependentSchemas").toString());
  }

  @Test
  void aComponentStandsUnderEachOfItsNames() {
    JsonNode byName = schema.at("/$defs/layer_item.by_name/properties");

    assertEquals(
        "{\"$ref\":\"#/$defs/layer.acme.Everything\"}", byName.get("acme/Everything").toString());
    for (String name : List.of("all", "Everything", "everything", "acme/everything")) {
      assertTrue(byName.path(name).path("doNotSuggest").asBoolean(), name);
    }
    assertEquals("acme/Everything", everything.path("title").asText());
    assertEquals("Has everything.", everything.path("description").asText());
  }

  /** {@code Everything: 3} is its first key. */
  @Test
  void whatMayStandForTheFirstKeyStandsBesideTheKeys() {
    assertEquals("[\"object\",\"integer\"]", everything.path("type").toString());
    assertEquals(0, everything.path("exclusiveMinimum").asInt(-1));
    assertEquals("[\"whole\"]", everything.path("required").toString());
  }

  @Test
  void theTextIsTheSchema() throws IOException {
    assertEquals(schema.toString(), new ObjectMapper().readTree(SchemaText.of(schema)).toString());
    assertTrue(SchemaText.of(schema).contains("\n  \"rondo\": {\"$ref\""));
  }

  record Unknown(StringBuilder builder) {}

  static final class UnknownProvider implements Layer.Provider<Unknown> {
    @Override
    public String id() {
      return "Unknown";
    }

    @Override
    public Class<Unknown> configType() {
      return Unknown.class;
    }

    @Override
    public Layer create(Unknown config, Semantics semantics) {
      throw new UnsupportedOperationException();
    }
  }

  /** As the binder does: both go by TypeCases, so that one can't know a type the other doesn't. */
  @Test
  void aTypeThatConfigRecordsCannotHaveIsADefect() {
    Registry registry = Registry.of(List.of(new UnknownProvider()));

    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> LanguageSchema.of(registry));

    assertEquals(
        "a config record can't have a component of class java.lang.StringBuilder", e.getMessage());
  }
}
