package org.rondoml.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.rondoml.core.spi.ComponentProvider;

class ProvidersTest {
  @Test
  void areAllFound() {
    Set<String> ids = new HashSet<>();
    for (ComponentProvider<?, ?> provider : ServiceLoader.load(ComponentProvider.class)) {
      ids.add(provider.id());
    }
    assertEquals(
        Set.of("csv", "idx", "mnist", "npy", "npz", "one_hot", "rescale", "standardize", "text"),
        ids);
  }
}
