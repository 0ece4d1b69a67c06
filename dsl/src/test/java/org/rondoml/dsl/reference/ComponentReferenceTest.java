package org.rondoml.dsl.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.config.PerOutput;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Activation;
import org.rondoml.core.spi.Alias;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Loss;
import org.rondoml.core.spi.Nested;

class ComponentReferenceTest {
  enum Mode {
    SUM,
    NONE
  }

  @Description("Has a key of every type.")
  record Config(
      @Description("a layer inside") Nested<Layer> layer,
      @Description("cells inside") List<Nested<Layer>> cells,
      @Default("tanh") Activation activation,
      @Default("[1]") List<@Positive Integer> sizes,
      @Default("[x]") List<String> names,
      @Nullable Map<String, Double> rates,
      @Nullable PerOutput<Loss> loss,
      @Default("sum") Mode mode,
      @Nullable List<Mode> modes,
      @Nullable Shape shape,
      @Nullable Path file,
      @Default(value = "0.5", tf1 = "0.25", tf2 = "0.75")
          @Alias(
              value = "p",
              in = {Semantics.TF1, Semantics.TF2})
          @Positive
          @Description("the share")
          double rate,
      @Default("true")
          @KnownIn(value = Semantics.KERAS3, cure = "drop it")
          @Description("whether it is fast")
          boolean isFast,
      @Nullable String name) {}

  static final class Provider implements Layer.Provider<Config> {
    @Override
    public String id() {
      return "acme/EveryType";
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

  private final Registry registry = Registry.of(List.of(new Provider()));
  private final ComponentReference reference =
      ComponentReference.of(registry.components().get(0), registry);

  private ComponentReference.Key key(String name) {
    return reference.keys().stream().filter(k -> k.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void namesTypesAsPeopleDo() {
    Map<String, String> types = new LinkedHashMap<>();
    reference.keys().forEach(key -> types.put(key.name(), key.type()));
    assertEquals(
        "{layer=layer, cells=layer or list of layers, activation=activation, sizes=whole"
            + " number or list of whole numbers, names=text or list of texts, rates=map of numbers, loss=loss, or one an"
            + " output, mode=sum|none, modes=list of sum|none, shape=shape, file=file name,"
            + " rate=number, is_fast=true|false, name=text}",
        types.toString());
  }

  @Test
  void tellsDefaultsOfEveryGeneration() {
    assertEquals("0.5 (tf1: 0.25, tf2: 0.75)", key("rate").defaults());
    assertEquals(
        Map.of("tf1", "0.25", "tf2", "0.75", "keras3", "0.5"), key("rate").defaultsBySemantics());
    assertEquals("p", key("rate").alias());
    assertEquals("the share (p in tf1, tf2)", key("rate").description());
    assertEquals(Map.of("keras3", "true"), key("is_fast").defaultsBySemantics());
    assertEquals("whether it is fast (only in keras3)", key("is_fast").description());
    assertTrue(key("layer").required());
    assertNull(key("layer").defaults());
    assertEquals(Map.of(), key("layer").defaultsBySemantics());
    assertEquals("null", key("shape").defaults());
    assertTrue(key("shape").nullable());
  }

  @Test
  void tellsRanges() {
    assertEquals("greater than 0", key("rate").range());
    assertEquals("each greater than 0", key("sizes").range());
    assertNull(key("mode").range());
  }

  @Test
  void layersHaveTheKeysOfAllLayersThatTheyDontHaveThemselves() {
    assertEquals(
        List.of("trainable"),
        reference.commonKeys().stream().map(ComponentReference.Key::name).toList());
  }

  @Test
  void tellsNamesAndKind() {
    assertEquals("layer", reference.kind());
    assertEquals(List.of("acme/every_type"), reference.names());
    assertEquals("Has a key of every type.", reference.description());
    assertNull(reference.reference());
  }
}
