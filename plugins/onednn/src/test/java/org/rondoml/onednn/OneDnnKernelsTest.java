package org.rondoml.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.rondoml.api.Precision;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.KernelSelection;
import org.rondoml.core.compute.Kernels;
import org.rondoml.tck.GemmCase;
import org.rondoml.tck.KernelsContract;

class OneDnnKernelsTest extends KernelsContract {
  private static final Kernels KERNELS = new OneDnnProvider().load();

  @Override
  protected Kernels kernels() {
    return KERNELS;
  }

  @Test
  void theNameTellsVersionAndInstructionSet() {
    assertTrue(
        KERNELS.name().matches("onednn 3\\.11 \\((sse41|avx|avx2\\w*|avx512_core\\w*)\\)"),
        KERNELS.name());
    assertFalse(KERNELS.name().contains("amx"), KERNELS.name());
  }

  @Test
  void itComesBeforeOpenBlasInFloat32Alone() {
    KernelSelection selection = KernelSelection.load(getClass().getClassLoader());
    assertEquals(KERNELS.name(), selection.kernels(Precision.FLOAT32).name());
    assertTrue(selection.kernels(Precision.FLOAT64).name().startsWith("openblas "));
    assertEquals("packed float32 products", selection.choice(Precision.FLOAT32).reason());
    assertEquals("onednn has no float64", selection.choice(Precision.FLOAT64).reason());
    assertEquals(
        List.of("onednn", "openblas"),
        selection.candidates().stream().map(KernelSelection.Candidate::id).toList());
  }

  @Test
  void float64IsRefused() {
    assertFalse(KERNELS.supports(Precision.FLOAT64));
    Gemm gemm = new Gemm(Precision.FLOAT64, 1, 1, 1, false, false, false);
    assertEquals(
        KERNELS.name() + " has no product in float64: expected float32",
        assertThrows(IllegalArgumentException.class, () -> KERNELS.plan(gemm)).getMessage());
  }

  /**
   * Each within the strict bound of the exact result, and their difference as small as rounding
   * makes it. Entries are uniform in [-1, 1], so a term is 1/3 in the root mean square, the sum of
   * i terms sqrt(i)/3, and the rounding of that sum at most u/sqrt(3) of it; over k roundings that
   * is k u / sqrt(54), and sqrt(2) times as much between two libraries. It grows with k, not with
   * its root: the sums grow, too.
   */
  @Test
  void itAgreesWithOpenBlasToRounding() {
    Kernels openblas =
        KernelSelection.load(getClass().getClassLoader(), List.of("openblas"))
            .kernels(Precision.FLOAT32);
    // Two libraries: that they agree to the last bit, as they do on some CPUs, would not tell.
    assertTrue(openblas.name().startsWith("openblas"), openblas.name());
    assertTrue(KERNELS.name().startsWith("onednn"), KERNELS.name());
    List<Gemm> products =
        List.of(
            new Gemm(Precision.FLOAT32, 16, 1024, 256, false, false, true),
            new Gemm(Precision.FLOAT32, 16, 256, 1024, false, true, true),
            new Gemm(Precision.FLOAT32, 256, 1024, 448, true, false, true));
    for (Gemm gemm : products) {
      GemmCase numbers = new GemmCase(gemm, 0);
      double[] expected = numbers.run(openblas);
      double[] found = numbers.runPacked(KERNELS);
      numbers.check("openblas", expected);
      numbers.check("onednn", found);
      double squares = 0;
      for (int i = 0; i < gemm.lengthC(); i++) {
        squares += (expected[i] - found[i]) * (expected[i] - found[i]);
      }
      double difference = Math.sqrt(squares / gemm.lengthC());
      double rounding = Math.sqrt(2) * gemm.k() * 0x1p-24 / Math.sqrt(54);
      assertTrue(difference < rounding, gemm + ": " + difference + " > " + rounding);
    }
  }
}
