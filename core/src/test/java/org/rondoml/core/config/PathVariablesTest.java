package org.rondoml.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rondoml.api.Problem;
import org.rondoml.api.Semantics;

class PathVariablesTest {
  private static final Map<String, String> VALUES = Map.of("DATA", "/big/disk", "DAY", "7");

  record Source(Path path, String name) {}

  record Sections(Source data, Source fit) {}

  private static final class NoComponents implements Components {
    @Override
    public <T> Lookup<T> find(Class<T> kind, String name) {
      return new Missing<>("no " + name);
    }
  }

  private static String bound(String data, String fit) {
    Problems problems = new Problems();
    Binder binder =
        new Binder(new NoComponents(), new Schemas(), Semantics.KERAS3, problems)
            .withVariables("data", VALUES::get);
    Node document =
        Node.of(
            Map.of(
                "data", Map.of("path", data, "name", "${DATA}"),
                "fit", Map.of("path", fit, "name", "n")));
    Bound<Sections> bound = binder.record(Sections.class, document, Place.root(Location.NONE));
    Sections sections = bound.value();
    return sections == null
        ? problems.sorted().stream().map(Problem::toString).collect(Collectors.joining("\n"))
        : sections.data().path() + " " + sections.data().name();
  }

  @Test
  void pathsOfTheSectionHaveThem() {
    assertEquals("/big/disk/a7.npz ${DATA}", bound("${DATA}/a${DAY}.npz", "b"));
    assertEquals("plain$DATA.npz ${DATA}", bound("plain$DATA.npz", "b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ${NOWHERE}/a | b       | data.path: the environment variable 'NOWHERE' is not set: set it, or write the path out
          ${data-set}  | b       | data.path: found the text "${data-set}", expected the name of a variable: ${NAME}
          ${DATA}/${   | b       | data.path: found the text "${DATA}/${", expected the name of a variable: ${NAME}
          a            | ${DATA} | fit.path: found the text "${DATA}", but ${...} stands for something in the paths of data alone: write the path out
          """)
  void mistakesAreTold(String data, String fit, String message) {
    assertEquals(message, bound(data, fit));
  }
}
