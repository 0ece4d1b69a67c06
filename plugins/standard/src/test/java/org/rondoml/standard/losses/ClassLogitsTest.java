package org.rondoml.standard.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Semantics;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Loss;

/** Which losses say that outputs are logits of classes. */
class ClassLogitsTest {
  private final Registry registry = Registry.load(ClassLogitsTest.class.getClassLoader());

  private boolean takesLogits(String id, Map<String, ?> config) {
    return registry.create(Loss.class, id, config, Semantics.KERAS3).takesClassLogits();
  }

  @Test
  void lossesOfClassesAsTheirKeySays() {
    for (String id :
        List.of(
            "SparseCategoricalCrossentropy",
            "CategoricalCrossentropy",
            "CategoricalFocalCrossentropy")) {
      assertEquals(false, takesLogits(id, Map.of()), id);
      assertEquals(false, takesLogits(id, Map.of("from_logits", false)), id);
      assertEquals(true, takesLogits(id, Map.of("from_logits", true)), id);
    }
  }

  @Test
  void logitsOfASigmoidAreNotThose() {
    assertEquals(false, takesLogits("BinaryCrossentropy", Map.of("from_logits", true)));
    assertEquals(false, takesLogits("mse", Map.of()));
  }
}
