package org.rondoml.distribution.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.rondoml.core.config.ConfigSchema;
import org.rondoml.core.registry.Component;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Kind;
import org.rondoml.dsl.language.YamlText;
import org.rondoml.dsl.schema.LanguageSchema;
import org.rondoml.dsl.schema.SchemaText;

/**
 * The schema is one, and an editor that has it accepts and refuses the same files as {@code rondo
 * check}, as far as a schema can say; where it can't, {@link Unsayable} says why.
 */
class SchemaTest {
  private static final Registry REGISTRY = Registry.load(SchemaTest.class.getClassLoader());
  private static final JsonNode SCHEMA = LanguageSchema.of(REGISTRY);
  private static final Editor EDITOR = Editor.of(SCHEMA);

  /** Mutations that are tried; the seed is fixed, so it is always the same ones. */
  private static final int MUTATIONS = 2000;

  private static final int LARGEST = 1 << 20;

  /** Keywords that say what constraints do. */
  private static final Set<String> LIMITS =
      Set.of(
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "pattern",
          "minItems",
          "minLength",
          "minProperties");

  @Test
  void itIsASchemaAndSmall() {
    assertEquals(List.of(), Editor.mistakesOfSchema(SCHEMA));
    assertTrue(SchemaText.of(SCHEMA).length() < LARGEST);
  }

  @Test
  void everyReferenceLeadsSomewhereAndEveryDefinitionIsUsed() {
    Set<String> used = new HashSet<>();
    SCHEMA.findValuesAsText("$ref").forEach(ref -> used.add(ref.substring("#/$defs/".length())));
    Set<String> there = new HashSet<>();
    SCHEMA.path("$defs").fieldNames().forEachRemaining(there::add);

    assertEquals(there, used);
  }

  /** Models of the project, but for that of a jar that isn't installed: ThirdPartyPluginTest's. */
  static List<Path> goodFiles() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path folder :
        List.of(Path.of("src/test/resources/golden"), Path.of("..", "..", "examples"))) {
      try (Stream<Path> all = Files.walk(folder)) {
        all.filter(file -> file.toString().endsWith(".yaml") && isModel(file))
            .filter(file -> !file.toString().contains("third-party-plugin"))
            .forEach(files::add);
      }
    }
    return files;
  }

  private static boolean isModel(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.anyMatch(line -> line.startsWith("rondo:"));
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void goodFilesAreAccepted() throws IOException {
    List<Path> files = goodFiles();
    assertTrue(files.size() > 200, files.toString());
    for (Path file : files) {
      Binding binding = Binding.of(Files.readString(file), REGISTRY);
      assertEquals(List.of(), binding.problems(), file.toString());
      assertEquals(List.of(), EDITOR.mistakes(binding.document()), file.toString());
    }
  }

  /** They say less to an editor that knows less, but nothing that is wrong. */
  @Test
  void goodFilesAreAcceptedByOlderEditors() throws IOException {
    Editor older = Editor.older(SCHEMA);
    for (Path file : goodFiles()) {
      Binding binding = Binding.of(Files.readString(file), REGISTRY);
      assertEquals(List.of(), older.mistakes(binding.document()), file.toString());
    }
  }

  @TestFactory
  Stream<DynamicTest> badFilesAreRefused() throws IOException {
    return BadFile.all().stream().map(bad -> DynamicTest.dynamicTest(bad.name(), () -> check(bad)));
  }

  private static void check(BadFile bad) {
    Binding binding = Binding.of(bad.text(), REGISTRY);
    assertFalse(binding.isValid(), "rondo check accepts it");
    if (bad.reason().isEmpty()) {
      assertNotEquals(List.of(), EDITOR.mistakes(binding.document()), "the schema accepts it");
      return;
    }
    Unsayable reason = bad.reason().get();
    assertTrue(reason.holds(binding), reason + " isn't why: " + binding.problems());
    if (reason != Unsayable.YAML) {
      assertEquals(List.of(), EDITOR.mistakes(binding.document()), "a schema can say it after all");
    }
  }

  @Test
  void theBadFilesAreManyAndOfEveryReason() throws IOException {
    List<BadFile> all = BadFile.all();
    Set<Unsayable> reasons = EnumSet.noneOf(Unsayable.class);
    all.forEach(bad -> bad.reason().ifPresent(reasons::add));

    assertTrue(all.size() >= 150, "found " + all.size());
    assertEquals(EnumSet.allOf(Unsayable.class), reasons);
    assertEquals(all.size(), all.stream().map(BadFile::name).distinct().count());
  }

  /** Good files with one thing changed at random, most of which makes them bad. */
  @Test
  void mutationsAreJudgedAlike() throws IOException {
    Mutations mutations = new Mutations(goodFiles(), 1);
    int bad = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      var document = mutations.next();
      Binding binding = Binding.of(document, REGISTRY);
      boolean refused = !EDITOR.mistakes(document).isEmpty();
      boolean unsayable =
          !binding.isValid() && Stream.of(Unsayable.values()).anyMatch(u -> u.holds(binding));
      assertTrue(
          binding.isValid() == !refused || (unsayable && !refused),
          () -> binding.problems() + " but " + EDITOR.mistakes(document) + "\n" + document);
      bad += binding.isValid() ? 0 : 1;
    }
    assertTrue(bad > MUTATIONS / 2, "only " + bad + " are bad");
  }

  @Test
  void everyConstraintIsSaid() {
    List<String> unsaid = new ArrayList<>();
    for (Component<?> component : REGISTRY.components()) {
      JsonNode of = SCHEMA.path("$defs").path(component.kindName() + "." + component.id());
      JsonNode keys = of.has("anyOf") ? of.path("anyOf").path(0) : of;
      for (ConfigSchema.Key key : REGISTRY.schemas().of(component.provider().configType()).keys()) {
        JsonNode schema = keys.path("properties").path(key.name());
        if (key.constrained() && !keys.isMissingNode() && !hasLimit(schema)) {
          unsaid.add(component.id() + "." + key.name() + ": " + key.constraints());
        }
      }
    }
    assertEquals(List.of(), unsaid, "ConstraintKeywords doesn't know them");
  }

  private static boolean hasLimit(JsonNode schema) {
    Iterator<String> names = schema.fieldNames();
    while (names.hasNext()) {
      if (LIMITS.contains(names.next())) {
        return true;
      }
    }
    for (JsonNode inner : schema) {
      if (hasLimit(inner)) {
        return true;
      }
    }
    return false;
  }

  /** Whatever can be named in a model file is in the schema, under every name. */
  @Test
  void everyNameIsKnown() {
    for (Component<?> component : REGISTRY.components()) {
      JsonNode byName = SCHEMA.path("$defs").path(component.kindName() + ".by_name");
      if (component.kind().getAnnotation(Kind.class).inModelFiles()) {
        assertTrue(byName.path("properties").has(component.id()), component.id());
        assertTrue(byName.path("properties").has(component.snakeCase()), component.snakeCase());
      }
    }
  }

  @Test
  void keysAreDescribed() {
    JsonNode units = SCHEMA.at("/$defs/layer.LSTM/properties/units");
    JsonNode activation = SCHEMA.at("/$defs/layer.LSTM/properties/recurrent_activation");
    JsonNode decay = SCHEMA.at("/$defs/optimizer.Adam/anyOf/0/properties/decay");

    assertEquals("#/$defs/whole", units.path("$ref").asText());
    assertEquals(0, units.path("exclusiveMinimum").asInt(-1));
    assertTrue(
        activation.path("description").asText().endsWith("Default: sigmoid (tf1: hard_sigmoid)"),
        activation.toString());
    assertEquals("sigmoid", activation.path("default").asText());
    assertTrue(decay.path("description").asText().endsWith("(only in tf1, tf2)"), decay.toString());
    assertEquals("LSTM", SCHEMA.at("/$defs/layer.LSTM/title").asText());
  }

  /** The line by which an editor finds the schema is a comment, which changes nothing. */
  @Test
  void theLineForEditorsIsAComment() {
    String file = "rondo: 1\nfit: {epochs: 3}\n";
    Binding with =
        Binding.of("# yaml-language-server: $schema=rondo.schema.json\n" + file, REGISTRY);

    assertEquals(List.of(), with.problems());
    assertEquals(YamlText.of(Binding.of(file, REGISTRY).document()), YamlText.of(with.document()));
  }
}
