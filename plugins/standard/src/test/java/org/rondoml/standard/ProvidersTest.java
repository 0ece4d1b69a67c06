package org.rondoml.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rondoml.core.spi.ComponentProvider;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Kind;
import org.rondoml.standard.layers.core.Dense;

/** Everything that this module brings can be found, made and described. */
class ProvidersTest {
  static Stream<ComponentProvider<?, ?>> providers() {
    List<ComponentProvider<?, ?>> found = new ArrayList<>();
    for (ComponentProvider<?, ?> provider : ServiceLoader.load(ComponentProvider.class)) {
      found.add(provider);
    }
    return found.stream().filter(p -> p.getClass().getName().startsWith("org.rondoml.standard."));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void everyKeyIsDescribed(ComponentProvider<?, ?> provider) {
    Class<?> config = provider.configType();
    assertTrue(config.isRecord(), config.getName());
    assertDescribed(config.getAnnotation(Description.class), config.getName());
    for (RecordComponent key : config.getRecordComponents()) {
      assertDescribed(key.getAnnotation(Description.class), config.getName() + "." + key.getName());
    }
  }

  private static void assertDescribed(Annotation annotation, String what) {
    assertNotNull(annotation, what + " has no description");
    assertFalse(((Description) annotation).value().isBlank(), what);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void everyKindIsOne(ComponentProvider<?, ?> provider) {
    assertNotNull(provider.kind().getAnnotation(Kind.class), provider.id());
  }

  @Test
  void namesAreUniqueAmongAKind() {
    Set<String> names = new HashSet<>();
    providers()
        .forEach(
            provider ->
                Stream.concat(Stream.of(provider.id()), provider.aliases().stream())
                    .map(name -> provider.kind().getSimpleName() + " " + name)
                    .forEach(name -> assertTrue(names.add(name), name + " is taken twice")));
  }

  @Test
  void everyKindOfThisModuleIsThere() {
    List<String> kinds =
        providers().map(p -> p.kind().getSimpleName()).distinct().sorted().toList();
    assertEquals(
        List.of(
            "Activation",
            "Callback",
            "Constraint",
            "Initializer",
            "Layer",
            "Loss",
            "Metric",
            "Optimizer",
            "Regularizer",
            "Schedule"),
        kinds);
  }

  @Test
  void everyProviderClassIsListed() throws IOException, URISyntaxException {
    Path classes = Path.of(Dense.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.walk(classes)) {
      List<String> written =
          files
              .map(file -> classes.relativize(file).toString().replace(File.separatorChar, '.'))
              .filter(name -> name.endsWith("$Provider.class"))
              .map(name -> name.substring(0, name.length() - ".class".length()))
              .sorted()
              .toList();
      assertEquals(
          written,
          providers().map(p -> p.getClass().getName()).sorted().toList(),
          "a new component needs its line in META-INF/services");
    }
  }
}
