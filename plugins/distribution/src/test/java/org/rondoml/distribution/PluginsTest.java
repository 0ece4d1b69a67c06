package org.rondoml.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.rondoml.core.registry.Component;
import org.rondoml.core.registry.Registry;

/** {@code rondo plugins}, for people and for programs. */
class PluginsTest {
  private static final int WIDTH = 100;

  private static JsonNode json(String... arguments) throws IOException {
    CommandLineRun run = CommandLineRun.of(arguments);
    assertEquals(0, run.status(), run.err());
    return new ObjectMapper().readTree(run.out());
  }

  @Test
  void tellsKeysThenTheRule() {
    String lstm = CommandLineRun.of("plugins", "LSTM").out();

    List<String> lines = lstm.lines().toList();
    int keys = lines.indexOf("Every layer also has");
    assertTrue(lines.get(0).equals("LSTM, layer, also lstm"), lstm);
    assertTrue(lines.stream().anyMatch(l -> l.matches("Key +Type +Default +Meaning")), lstm);
    assertTrue(keys > 0 && lines.get(keys + 2).matches("Key +Type +Default +Meaning"), lstm);
    assertTrue(lines.subList(keys, lines.size()).contains("    h_t = o * activation(c_t)"), lstm);
  }

  @Test
  void showsAnExampleWhereItStands() throws IOException {
    assertTrue(
        CommandLineRun.of("plugins", "LSTM")
            .out()
            .contains(
                """

                In a model file:

                    - Input: {shape: [28, 28]}
                    - LSTM: {units: 64, return_sequences: true}

                """));
    assertEquals(
        "optimizer: {Adam: {learning_rate: 1e-3, clipnorm: 1.0}}",
        json("plugins", "Adam", "--format", "json").get(0).get("example").asText());
    assertEquals(
        "kernel_initializer: HeNormal",
        json("plugins", "HeNormal", "--format", "json").get(0).get("example").asText());
  }

  @Test
  void noLineOfAnyComponentIsTooLong() {
    Registry registry = Registry.load(PluginsTest.class.getClassLoader());
    for (Component<?> component : registry.components()) {
      CommandLineRun.of("plugins", component.id())
          .out()
          .lines()
          .filter(line -> !line.startsWith("    ")) // code has the width that its author gave it
          .forEach(line -> assertTrue(line.length() <= WIDTH, component.id() + ": " + line));
    }
  }

  @Test
  void tellsProgramsEverything() throws IOException {
    JsonNode lstm = json("plugins", "lstm", "--format", "json").get(0);

    assertEquals("LSTM", lstm.get("id").asText());
    assertEquals("layer", lstm.get("kind").asText());
    assertEquals("[\"lstm\"]", lstm.get("names").toString());
    assertTrue(lstm.get("reference").asText().contains("Hochreiter"), lstm.toString());
    assertEquals("name", lstm.get("common_keys").get(0).get("name").asText());
    JsonNode units = lstm.get("keys").get(0);
    assertEquals("units", units.get("name").asText());
    assertEquals("whole number", units.get("type").asText());
    assertTrue(units.get("required").asBoolean());
    assertEquals("greater than 0", units.get("range").asText());
    JsonNode activation = lstm.get("keys").get(2);
    assertEquals("sigmoid (tf1: hard_sigmoid)", activation.get("defaults").asText());
    assertEquals(
        "{\"tf1\":\"hard_sigmoid\",\"tf2\":\"sigmoid\",\"keras3\":\"sigmoid\"}",
        activation.get("defaults_by_semantics").toString());
  }

  @Test
  void listsByKind() throws IOException {
    JsonNode all = json("plugins", "--format", "json");
    List<String> kinds = all.findValuesAsText("kind");
    assertEquals(kinds.stream().sorted().toList(), kinds);
    assertEquals(Registry.load(PluginsTest.class.getClassLoader()).components().size(), all.size());
  }
}
