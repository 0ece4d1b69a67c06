package org.rondoml.distribution.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.rondoml.core.registry.Component;
import org.rondoml.core.registry.Registry;
import org.rondoml.core.spi.Example;
import org.rondoml.core.spi.Kind;
import org.rondoml.dsl.reference.Examples;

/**
 * The reference is what the classes of the components say, and they say enough. With {@code
 * -Dreference.update} the files are written anew.
 */
class ReferenceTest {
  private static final String UPDATE = "reference.update";
  private static final String COMMAND =
      "they are made from the components' Javadoc and config records; to write them anew: mvn -B -ntp"
          + " -Dquick test -pl plugins/distribution -am -Dtest=ReferenceTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -D"
          + UPDATE;

  /** Kinds that compute what somebody has published or Keras has in a file. */
  private static final Set<String> WITH_SOURCE =
      Set.of("layer", "activation", "initializer", "loss", "metric", "optimizer");

  /** Layers that compute nothing, and so have no rule. */
  private static final Set<String> WITHOUT_RULE = Set.of("Input");

  /** {@code Source: ...}, a file of Keras', or a paper, by its year. */
  private static final Pattern SOURCE =
      Pattern.compile("\\bSources?\\b|\\w\\.py\\b|\\b(19|20)\\d\\d\\b");

  private static final Registry REGISTRY = Registry.load(ReferenceTest.class.getClassLoader());
  private static final SourceDocs DOCS = SourceDocs.of(REGISTRY.components());

  private static boolean isUpdate() {
    return System.getProperty(UPDATE) != null;
  }

  @Test
  void theFilesAreWhatTheComponentsSay() {
    Path root = Path.of("..", "..").toAbsolutePath().normalize();
    ReferenceFiles files = new ReferenceFiles(REGISTRY, DOCS, root);
    if (isUpdate()) {
      files.update();
    }
    assertEquals(List.of(), files.differences(), COMMAND);
  }

  @Test
  void whatIsPublishedNamesItsSource() {
    assertEquals(
        List.of(),
        REGISTRY.components().stream()
            .filter(c -> WITH_SOURCE.contains(c.kindName()))
            .filter(c -> !SOURCE.matcher(text(c)).find())
            .map(ReferenceTest::named)
            .toList(),
        "their class Javadoc names no source: add a line \"Source: ...\" with the paper and Keras' file");
  }

  @Test
  void everyLayerHasItsRule() {
    assertEquals(
        List.of(),
        REGISTRY.components().stream()
            .filter(c -> c.kindName().equals("layer") && !WITHOUT_RULE.contains(c.id()))
            .filter(c -> text(c).lines().noneMatch(line -> line.startsWith("    ")))
            .map(ReferenceTest::named)
            .toList(),
        "their class Javadoc has no rule: add it, forward and gradient, in a <pre> block");
  }

  private static String text(Component<?> component) {
    return DOCS.text(component.type().getName()).orElse("");
  }

  private static String named(Component<?> component) {
    return component.kindName() + " " + component.id() + " (" + component.type().getName() + ")";
  }

  /** An example is shown only where it can be read in a whole model file. */
  @Test
  void everyComponentOfModelFilesHasAnExampleThatReads() {
    Examples examples = new Examples(REGISTRY);
    assertEquals(
        List.of(),
        REGISTRY.components().stream()
            .filter(c -> c.kind().getAnnotation(Kind.class).inModelFiles())
            .filter(c -> examples.of(c).isEmpty())
            .map(ReferenceTest::named)
            .toList(),
        "no model file with them can be read: give their config records an @Example");
  }

  /** One that is written down is an example of its own component. */
  @Test
  void examplesAreOfTheirComponents() {
    for (Component<?> component : REGISTRY.components()) {
      Example example = component.provider().configType().getAnnotation(Example.class);
      if (example != null) {
        assertTrue(example.value().contains(component.id()), named(component));
      }
    }
  }

  @Test
  void theJarsBringTheTexts() {
    assumeFalse(isUpdate(), "the jars have the texts of before the update");
    assertEquals(
        List.of(),
        REGISTRY.components().stream()
            .filter(c -> !c.reference().orElse("").equals(text(c)))
            .map(ReferenceTest::named)
            .toList());
  }
}
