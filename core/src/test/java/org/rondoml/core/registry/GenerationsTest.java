package org.rondoml.core.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.api.ModelFileException;
import org.rondoml.api.Semantics;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.KnownIn;
import org.rondoml.core.spi.OldName;
import org.rondoml.core.spi.OneOrMany;
import org.rondoml.core.spi.Schedule;

/** Components, names and values that only some generations of Keras know. */
class GenerationsTest {
  enum Shape {
    LINE,
    @KnownIn(value = Semantics.KERAS3, cure = "write line")
    CURVE
  }

  record AnyConfig(@Default("line") Shape shape, @Default("1.0") OneOrMany<Double> rate) {}

  @KnownIn(value = Semantics.KERAS3, cure = "write Steady")
  record NewConfig() {}

  private record Steady(AnyConfig config) implements Schedule {
    @Override
    public double at(long step) {
      return config.rate().values().get(0);
    }
  }

  private static final class SteadyProvider implements Schedule.Provider<AnyConfig> {
    @Override
    public String id() {
      return "Steady";
    }

    @Override
    public List<OldName> oldNames() {
      return List.of(OldName.beforeKeras3("fixed"));
    }

    @Override
    public Class<AnyConfig> configType() {
      return AnyConfig.class;
    }

    @Override
    public Schedule create(AnyConfig config, Semantics semantics) {
      return new Steady(config);
    }
  }

  private static final class NewProvider implements Schedule.Provider<NewConfig> {
    @Override
    public String id() {
      return "Newest";
    }

    @Override
    public Class<NewConfig> configType() {
      return NewConfig.class;
    }

    @Override
    public Schedule create(NewConfig config, Semantics semantics) {
      return step -> 2;
    }
  }

  private final Registry registry = Registry.of(List.of(new SteadyProvider(), new NewProvider()));

  private Schedule create(String name, Map<String, ?> config, Semantics semantics) {
    return registry.create(Schedule.class, name, config, semantics);
  }

  private String refusal(String name, Map<String, ?> config, Semantics semantics) {
    return String.valueOf(
        assertThrows(ModelFileException.class, () -> create(name, config, semantics)).getMessage());
  }

  @Test
  void aComponentOfALaterGenerationIsRefusedWithTheCure() {
    assertEquals(2, create("newest", Map.of(), Semantics.KERAS3).at(0));
    assertEquals(
        "newest: 'newest' is not known in semantics: tf2; write Steady",
        refusal("newest", Map.of(), Semantics.TF2));
  }

  @Test
  void anOldNameIsKnownWhereItWas() {
    assertEquals(1, create("fixed", Map.of(), Semantics.TF1).at(0));
    assertEquals(
        "fixed: 'fixed' is not known in semantics: keras3; write Steady",
        refusal("fixed", Map.of(), Semantics.KERAS3));
  }

  @Test
  void aValueOfALaterGenerationIsRefusedWithTheCure() {
    create("Steady", Map.of("shape", "curve"), Semantics.KERAS3);
    assertEquals(
        "Steady.shape: 'curve' is not known in semantics: tf2; write line",
        refusal("Steady", Map.of("shape", "curve"), Semantics.TF2));
    assertEquals(
        "Steady.shape: found the text \"round\", expected one of line",
        refusal("Steady", Map.of("shape", "round"), Semantics.TF2));
  }

  @Test
  void oneValueOrAListAreToldApart() {
    assertEquals(OneOrMany.of(0.5), rate(0.5));
    assertEquals(new OneOrMany<>(false, List.of(0.5)), rate(List.of(0.5)));
    assertEquals(new OneOrMany<>(false, List.of(0.25, 4.0)), rate(List.of(0.25, 4)));
    assertEquals(
        "Steady.rate[1]: found the text \"x\", expected a number",
        refusal("Steady", Map.of("rate", List.of(1, "x")), Semantics.KERAS3));
  }

  private OneOrMany<Double> rate(Object given) {
    Steady made = (Steady) create("Steady", Map.of("rate", given), Semantics.KERAS3);
    return made.config().rate();
  }
}
