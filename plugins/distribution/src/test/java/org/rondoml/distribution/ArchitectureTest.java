package org.rondoml.distribution;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.INTERFACES;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The architecture, as the build holds it: which module may know which, what core leaves to others,
 * and who may print.
 */
@AnalyzeClasses(packages = "org.rondoml", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "org.rondoml.";

  /** Module to the modules that it may know. A module that isn't named here fails the build. */
  private static final Map<String, Set<String>> ARROWS =
      Map.of(
          "api", Set.of(),
          "core", Set.of("api"),
          "rnn", Set.of("api", "core"),
          "lstm", Set.of("api", "core", "rnn"),
          "dsl", Set.of("api", "core"),
          "standard", Set.of("api", "core"),
          "onednn", Set.of("api", "core"),
          "datasets", Set.of("api", "core"),
          "keras", Set.of("api", "core"),
          "tck", Set.of("api", "core"));

  @ArchTest
  void everyModuleIsLookedAt(JavaClasses classes) {
    Set<String> found = classes.stream().map(ArchitectureTest::module).collect(toSet());

    assertEquals(ARROWS.keySet(), found);
  }

  @ArchTest
  static final ArchRule MODULES_KNOW_ONLY_THOSE_THEIR_ARROWS_POINT_TO =
      classes().should(new KnowOnlyModulesOfTheirArrows());

  @ArchTest
  static final ArchRule CORE_HOLDS_NO_COMPONENT_OF_ITS_OWN =
      noClasses()
          .that()
          .resideInAPackage("org.rondoml.core..")
          .and(DescribedPredicate.not(INTERFACES))
          .and(DescribedPredicate.not(modifier(JavaModifier.ABSTRACT)))
          .should()
          .beAssignableTo(
              Stream.of("Layer", "Optimizer", "Loss", "Metric")
                  .map(kind -> assignableTo("org.rondoml.core.spi." + kind))
                  .reduce(DescribedPredicate.alwaysFalse(), DescribedPredicate::or)
                  .as("a Layer, Optimizer, Loss or Metric"))
          .because("whatever a built-in can do, a plugin can")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      slices().assignedFrom(new PackageOfItsModule()).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_PRINTS =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.rondoml.dsl.command..")
          .should(ACCESS_STANDARD_STREAMS)
          .because("what an embedder's program prints is the embedder's to choose");

  @ArchTest
  static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED =
      classes().should(new ResideInANullMarkedPackage());

  private static boolean isOfRondo(JavaClass type) {
    return type.getPackageName().startsWith(ROOT);
  }

  /** The module's part of the package's name: {@code core} of {@code org.rondoml.core.spi}. */
  private static String module(JavaClass type) {
    String below = type.getPackageName().substring(ROOT.length());
    int dot = below.indexOf('.');
    return dot < 0 ? below : below.substring(0, dot);
  }

  private static final class KnowOnlyModulesOfTheirArrows extends ArchCondition<JavaClass> {
    KnowOnlyModulesOfTheirArrows() {
      super("know only the modules that their module's arrows point to: %s", ARROWS);
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      String from = module(type);
      Set<String> known = ARROWS.getOrDefault(from, Set.of());
      type.getDirectDependenciesFromSelf().stream()
          .filter(dependency -> isOfRondo(dependency.getTargetClass().getBaseComponentType()))
          .forEach(
              dependency -> {
                String to = module(dependency.getTargetClass().getBaseComponentType());
                if (!to.equals(from) && !known.contains(to)) {
                  events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
                }
              });
    }
  }

  private static final class ResideInANullMarkedPackage extends ArchCondition<JavaClass> {
    ResideInANullMarkedPackage() {
      super("reside in a package whose package-info.java is @NullMarked");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
        events.add(
            SimpleConditionEvent.violated(
                type, type.getPackageName() + " of " + type.getName() + " isn't @NullMarked"));
      }
    }
  }

  /** Every package by itself, a module's own as much as those below it. */
  private static final class PackageOfItsModule implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return isOfRondo(type) ? SliceIdentifier.of(type.getPackageName()) : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }
}
