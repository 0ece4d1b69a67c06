package org.rondoml.core.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Problem;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Default;
import org.rondoml.core.spi.Description;
import org.rondoml.core.spi.Initializer;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.Nested;

class BinderTest {
  enum Padding {
    SAME,
    FULL_WIDTH
  }

  record Inner(int a, @Default("2") int b) {}

  record Everything(
      int whole,
      long large,
      double number,
      boolean truth,
      String text,
      Padding padding,
      Shape shape,
      Path path,
      List<Integer> list,
      Map<String, Double> map,
      Inner inner,
      @Nullable Integer none) {}

  record Constrained(
      @Default("[1]") @Size(min = 1, max = 2) List<@Positive Integer> sizes,
      @Default("x") @NotBlank String text,
      @Default("{a: 1}") Map<String, @Positive Integer> map,
      @Default("true") @AssertTrue(message = "this is always on") boolean on) {}

  record Around(
      @Description("what is inside") Nested<Layer> layer,
      @Default("[]") List<Nested<Layer>> layers,
      List<Nested<Initializer>> others) {}

  record Wrong(StringBuilder builder) {}

  private static final class NoComponents implements Components {
    @Override
    public <T> Lookup<T> find(Class<T> kind, String name) {
      return new Missing<>("no " + name);
    }
  }

  private final Problems problems = new Problems();
  private final Binder binder =
      new Binder(new NoComponents(), new Schemas(), Semantics.KERAS3, problems);

  private <R extends Record> Bound<R> bind(Class<R> type, Map<String, ?> values) {
    return binder.record(type, Node.of(values), Place.root(Location.NONE));
  }

  private String mistakes() {
    return problems.sorted().stream().map(Problem::toString).collect(Collectors.joining("\n"));
  }

  @Test
  void bindsEveryType() {
    Bound<Everything> bound =
        bind(
            Everything.class,
            Map.ofEntries(
                Map.entry("whole", 3),
                Map.entry("large", 1L << 40),
                Map.entry("number", 0.5),
                Map.entry("truth", true),
                Map.entry("text", "hello"),
                Map.entry("padding", Padding.FULL_WIDTH),
                Map.entry("shape", Arrays.asList(null, 3)),
                Map.entry("path", Path.of("a/b.npz")),
                Map.entry("list", List.of(1, 2)),
                Map.entry("map", Map.of("k", 1)),
                Map.entry("inner", Map.of("a", 1))));

    assertEquals("", mistakes());
    assertEquals(
        new Everything(
            3,
            1L << 40,
            0.5,
            true,
            "hello",
            Padding.FULL_WIDTH,
            Shape.of(Shape.UNKNOWN, 3),
            Path.of("a/b.npz"),
            List.of(1, 2),
            Map.of("k", 1.0),
            new Inner(1, 2),
            null),
        bound.value());
  }

  @Test
  void tellsEveryMistakeAndKeepsTheParts() {
    Bound<Inner> bound = bind(Inner.class, Map.of("a", "x", "b", 5, "c", 1));

    assertNull(bound.value());
    assertEquals(5, bound.part("b", Integer.class));
    assertEquals(2, problems.errors());
  }

  @Test
  void componentsInsideOthersAreToldByTheirKind() {
    bind(Around.class, Map.of("layers", 3));

    assertEquals(
        """
        missing key 'layer': a layer (what is inside)
        layers[0]: found 3, expected a layer by name
        missing key 'others': an initializer or a list of them\
        """,
        mistakes());
  }

  @Test
  void aWholeNumberIsAListOfOne() {
    Bound<Constrained> bound = bind(Constrained.class, Map.of("sizes", 7));

    assertEquals("", mistakes());
    assertEquals(List.of(7), bound.part("sizes").value());
  }

  @Test
  void constraintsAreToldInWords() {
    bind(Constrained.class, Map.of("sizes", List.of()));
    bind(Constrained.class, Map.of("sizes", List.of(1, 2, 3)));
    bind(Constrained.class, Map.of("sizes", List.of(1, -2)));
    bind(Constrained.class, Map.of("text", "  "));
    bind(Constrained.class, Map.of("map", Map.of("k", 0)));
    bind(Constrained.class, Map.of("on", false));

    assertEquals(
        """
        sizes: found an empty list, expected 1 to 2 entries
        sizes: found 3 entries, expected 1 to 2 entries
        sizes: found -2, expected a number greater than 0
        text: found the text "  ", expected a text that is not blank
        map: found 0, expected a number greater than 0
        on: found false: this is always on""",
        mistakes());
  }

  @Test
  void aRecordOfAnUnknownTypeIsADefect() {
    assertThrows(IllegalStateException.class, () -> bind(Wrong.class, Map.of("builder", "x")));
    assertThrows(IllegalArgumentException.class, () -> Node.of(new Object()));
  }

  @Test
  void whatWasReportedBeforeIsNotReportedAgain() {
    Bound<Inner> bound =
        binder.record(
            Inner.class,
            Node.single("a", Location.NONE, new Node.Invalid(Location.NONE)),
            Place.root(Location.NONE));

    assertNull(bound.value());
    assertNotNull(bound.part("b"));
    assertEquals("", mistakes());
  }

  @Test
  void aListOfWholeNumbersMayBeASingleOne() {
    Bound<Constrained> bound = bind(Constrained.class, Map.of("sizes", 2));
    assertEquals("", mistakes());
    assertEquals(List.of(2), Objects.requireNonNull(bound.value()).sizes());
    bind(Constrained.class, Map.of("sizes", 0));
    bind(Constrained.class, Map.of("sizes", Map.of("a", 1)));
    assertEquals(
        """
        sizes: found 0, expected a number greater than 0
        sizes: found a map, expected a whole number or a list of them""",
        mistakes());
  }
}
