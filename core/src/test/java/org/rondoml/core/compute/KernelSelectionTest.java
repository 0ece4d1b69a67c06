package org.rondoml.core.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rondoml.api.Precision;

class KernelSelectionTest {
  @TempDir Path folder;

  /** A class loader that brings these providers beside core's own. */
  private ClassLoader with(String... providers) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(KernelsProvider.class.getName()),
        Arrays.stream(providers).collect(Collectors.joining("\n")));
    return new URLClassLoader(
        new URL[] {folder.toUri().toURL()}, KernelSelectionTest.class.getClassLoader());
  }

  private static List<String> report(KernelSelection selection) {
    return selection.candidates().stream().map(KernelSelection.Candidate::toString).toList();
  }

  @Test
  void openBlasServesBothPrecisionsWhereNothingElseIsInstalled() throws IOException {
    KernelSelection selection = KernelSelection.load(with());
    assertEquals(List.of("openblas 0.3.31: used for float32, float64"), report(selection));
    assertTrue(selection.supports(Precision.FLOAT64));
  }

  @Test
  void theHighestPriorityServesWhatItSupports() throws IOException {
    KernelSelection selection =
        KernelSelection.load(with(Low.class.getName(), Fast.class.getName()));
    assertEquals(
        List.of(
            "fast 1: used for float32",
            "openblas 0.3.31: used for float64",
            "low 1: not used: others come first for float32"),
        report(selection));
    assertEquals("fast 1", selection.kernels(Precision.FLOAT32).name());
    assertEquals("openblas 0.3.31", selection.kernels(Precision.FLOAT64).name());
  }

  @Test
  void aLibraryThatDoesNotLoadTellsWhyAndHarmsNoOther() throws IOException {
    KernelSelection selection =
        KernelSelection.load(
            with(Unavailable.class.getName(), Defective.class.getName(), "com.example.Missing"));
    List<String> report = report(selection);
    assertEquals("unavailable: not used: no such CPU; buy one", report.get(1));
    assertTrue(
        report
            .get(0)
            .startsWith("defective: not used: a defect of " + Defective.class.getName() + " in "),
        report.get(0));
    assertTrue(report.get(0).endsWith(": java.lang.IllegalStateException: oops"), report.get(0));
    assertEquals("openblas 0.3.31: used for float32, float64", report.get(2));
    assertTrue(report.get(3).contains("com.example.Missing not found"), report.get(3));
    assertEquals("openblas 0.3.31", selection.kernels(Precision.FLOAT32).name());
  }

  @Test
  void aRestrictedSelectionLoadsOnlyWhatItNames() throws IOException {
    ClassLoader loader = with(Fast.class.getName(), Unavailable.class.getName());
    KernelSelection only = KernelSelection.load(loader, List.of("openblas"));
    assertEquals(List.of("openblas 0.3.31: used for float32, float64"), report(only));
    KernelSelection none = KernelSelection.load(loader, List.of("fast", "unavailable"));
    assertFalse(none.supports(Precision.FLOAT64));
    assertEquals(
        """
        no kernels for float64
          unavailable: not used: no such CPU; buy one
          fast 1: used for float32""",
        assertThrows(IllegalStateException.class, () -> none.kernels(Precision.FLOAT64))
            .getMessage());
  }

  @Test
  void aChoiceTellsWhy() throws IOException {
    KernelSelection selection =
        KernelSelection.load(with(Fast.class.getName(), Unavailable.class.getName()));
    assertEquals(
        "openblas 0.3.31 (unavailable: no such CPU; buy one; fast has no float64)",
        selection.choice(Precision.FLOAT64).toString());
    KernelSelection alone = KernelSelection.load(with());
    assertEquals("openblas 0.3.31", alone.choice(Precision.FLOAT64).toString());
    assertEquals("float64 products", alone.choice(Precision.FLOAT64).reason());
  }

  @Test
  void aProductGoesToTheFirstLibraryThatOffersIt() throws IOException {
    KernelSelection selection = KernelSelection.load(with(Picky.class.getName()));
    Gemm small = new Gemm(Precision.FLOAT32, 1, 2, 3, false, false, false);
    Gemm large = new Gemm(Precision.FLOAT32, 4, 2, 3, false, false, false);
    assertEquals(
        "openblas 0.3.31 (picky has nothing below 4 rows)", selection.choice(small).toString());
    assertEquals("picky 1", selection.choice(large).toString());
    assertEquals("picky 1", selection.choice(Precision.FLOAT32).toString());
    Kernels kernels = selection.kernels(Precision.FLOAT32);
    assertEquals("picky 1", kernels.name());
    assertInstanceOf(SgemmProduct.class, kernels.plan(small));
    assertEquals(
        "not to be planned with",
        assertThrows(AssertionError.class, () -> kernels.plan(large)).getMessage());
  }

  @Test
  void anUnknownIdIsRefused() throws IOException {
    ClassLoader loader = with(Fast.class.getName());
    assertEquals(
        "unknown kernels 'onednm': expected one of fast, openblas",
        assertThrows(
                IllegalArgumentException.class,
                () -> KernelSelection.load(loader, List.of("onednm")))
            .getMessage());
  }

  @Test
  void twoOfOneIdAreRefused() throws IOException {
    ClassLoader loader = with(Fast.class.getName(), Copy.class.getName());
    String message =
        assertThrows(IllegalArgumentException.class, () -> KernelSelection.load(loader))
            .getMessage();
    assertTrue(message.startsWith("kernels 'fast' are brought by two: "), message);
    assertTrue(message.contains(Fast.class.getName() + " in "), message);
    assertTrue(message.contains(Copy.class.getName() + " in "), message);
    assertTrue(message.endsWith("; remove one of them"), message);
  }

  /** Kernels that are only asked what they are. */
  private record Named(String name, int leastRows) implements Kernels {
    @Override
    public Optional<String> refusal(Gemm gemm) {
      return gemm.m() < leastRows
          ? Optional.of("has nothing below " + leastRows + " rows")
          : Kernels.super.refusal(gemm);
    }

    @Override
    public boolean supports(Precision precision) {
      return precision == Precision.FLOAT32;
    }

    @Override
    public Product plan(Gemm gemm) {
      throw new AssertionError("not to be planned with");
    }

    @Override
    public PackedOperand plan(Gemm gemm, Memory b, long bOffset) {
      throw new AssertionError("not to be planned with");
    }
  }

  private abstract static class Provider implements KernelsProvider {
    private final String id;
    private final int priority;

    Provider(String id, int priority) {
      this.id = id;
      this.priority = priority;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public int priority() {
      return priority;
    }

    @Override
    public Kernels load() {
      return new Named(id + " 1", 1);
    }
  }

  /** Comes first. */
  public static class Fast extends Provider {
    public Fast() {
      super("fast", 10);
    }
  }

  /** Has the name of another. */
  public static final class Copy extends Fast {}

  /** Comes last. */
  public static final class Low extends Provider {
    public Low() {
      super("low", -1);
    }
  }

  /** Offers only products of some size. */
  public static final class Picky extends Provider {
    public Picky() {
      super("picky", 10);
    }

    @Override
    public Kernels load() {
      return new Named("picky 1", 4);
    }
  }

  /** Can't be loaded, and says so. */
  public static final class Unavailable extends Provider {
    public Unavailable() {
      super("unavailable", 20);
    }

    @Override
    public Kernels load() {
      throw new KernelsUnavailableException("no such CPU; buy one", new UnsatisfiedLinkError());
    }
  }

  /** Fails as it should not. */
  public static final class Defective extends Provider {
    public Defective() {
      super("defective", 30);
    }

    @Override
    public Kernels load() {
      throw new IllegalStateException("oops");
    }
  }
}
