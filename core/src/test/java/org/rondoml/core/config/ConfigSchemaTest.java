package org.rondoml.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Alias;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.KnownIn;

class ConfigSchemaTest {
  @Description("an example")
  record Example(
      @Description("how many") @Positive int unitCount,
      @Default(value = "new", tf1 = "old") String gate,
      @Nullable String label,
      @Default("0.1")
          @Alias(value = "lr", in = Semantics.TF1)
          @KnownIn(value = Semantics.TF1, cure = "leave it out")
          double rate,
      @Default("[1]") @Size(min = 1) List<@Positive Integer> sizes,
      @Default("0.5") @DecimalMin("0") @DecimalMax(value = "1", inclusive = false) double share) {}

  private final ConfigSchema schema = ConfigSchema.of(Example.class);

  private ConfigSchema.Key key(String name) {
    return schema.key(name).orElseThrow();
  }

  @Test
  void readsEverythingOffTheRecord() {
    assertEquals("an example", schema.description());
    assertEquals(List.of("unit_count", "gate", "label", "rate", "sizes", "share"), schema.names());
    assertEquals("how many", key("unit_count").description());
    assertTrue(key("unit_count").required());
    assertTrue(key("unit_count").constrained());
    assertEquals(1, key("unit_count").constraints().size());
    assertTrue(key("label").nullable());
    assertFalse(key("label").required());
    assertFalse(key("gate").required());
    assertFalse(key("gate").constrained());
    assertTrue(key("sizes").constrained());
    assertTrue(key("rate").isKnownIn(Semantics.TF1));
    assertFalse(key("rate").isKnownIn(Semantics.KERAS3));
  }

  @Test
  void tellsRanges() {
    assertEquals(Optional.of("greater than 0"), key("unit_count").range());
    assertEquals(Optional.of("at least 0 and less than 1"), key("share").range());
    assertEquals(Optional.of("at least 1 entries, each greater than 0"), key("sizes").range());
    assertEquals(Optional.empty(), key("gate").range());
  }

  @Test
  void defaultsDifferByGeneration() {
    assertEquals("old", key("gate").defaultText(Semantics.TF1));
    assertEquals("new", key("gate").defaultText(Semantics.TF2));
    assertEquals("new", key("gate").defaultText(Semantics.KERAS3));
    assertNull(key("label").defaultText(Semantics.KERAS3));
  }

  @ParameterizedTest
  @CsvSource({
    "units, units",
    "learningRate, learning_rate",
    "beta1, beta_1",
    "beta_2, beta_2",
    "l2, l2",
    "l1Strength, l1_strength",
    "synchronized_, synchronized",
    "x, x"
  })
  void namesKeysAsKerasDoes(String component, String key) {
    assertEquals(key, ConfigSchema.keyName(component));
  }
}
