package org.rondoml.tck;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Precision;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.KernelSelection;
import org.rondoml.core.compute.Kernels;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.PackedOperand;
import org.rondoml.core.compute.Product;

/** The negative control: the contract's comparison finds every wrong kernel. */
class KernelsContractTest {
  private static final Kernels RIGHT =
      KernelSelection.load(KernelsContractTest.class.getClassLoader(), List.of("openblas"))
          .kernels(Precision.FLOAT64);

  /** A mistake, made by planning another product than the one asked for. */
  enum Mistake {
    FORGETS_TO_ACCUMULATE,
    FORGETS_TO_REPLACE,
    FORGETS_TO_TRANSPOSE_A,
    FORGETS_TO_TRANSPOSE_B,
    DROPS_THE_LAST_TERM;

    Gemm planned(Gemm g) {
      return switch (this) {
        case FORGETS_TO_ACCUMULATE -> with(g, g.k(), g.transposeA(), g.transposeB(), false);
        case FORGETS_TO_REPLACE -> with(g, g.k(), g.transposeA(), g.transposeB(), true);
        case FORGETS_TO_TRANSPOSE_A -> with(g, g.k(), false, g.transposeB(), g.accumulate());
        case FORGETS_TO_TRANSPOSE_B -> with(g, g.k(), g.transposeA(), false, g.accumulate());
        case DROPS_THE_LAST_TERM ->
            with(g, g.k() - 1, g.transposeA(), g.transposeB(), g.accumulate());
      };
    }

    private static Gemm with(Gemm g, int k, boolean left, boolean right, boolean accumulate) {
      return new Gemm(g.precision(), g.m(), g.n(), k, left, right, accumulate);
    }
  }

  private record Wrong(UnaryOperator<Gemm> planned) implements Kernels {
    @Override
    public String name() {
      return "wrong";
    }

    @Override
    public boolean supports(Precision precision) {
      return true;
    }

    @Override
    public Product plan(Gemm gemm) {
      return RIGHT.plan(planned.apply(gemm));
    }

    @Override
    public PackedOperand plan(Gemm gemm, Memory b, long bOffset) {
      return RIGHT.plan(planned.apply(gemm), b, bOffset);
    }
  }

  @ParameterizedTest
  @EnumSource
  void mistakesAreFound(Mistake mistake) {
    Kernels wrong = new Wrong(mistake::planned);
    for (Precision precision : Precision.values()) {
      boolean found =
          KernelsContract.products(precision, 7, 13, 11)
              .anyMatch(
                  gemm -> {
                    try {
                      KernelsContract.check(wrong, gemm, 3);
                      return false;
                    } catch (AssertionError e) {
                      return true;
                    }
                  });
      assertTrue(found, mistake + " in " + precision);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSlightErrorIsFound(Precision precision) {
    GemmCase numbers = new GemmCase(new Gemm(precision, 16, 64, 28, false, false, true), 3);
    double[] result = numbers.run(RIGHT);
    numbers.check("right", result);
    int inside = 3 + 100;
    result[inside] += precision == Precision.FLOAT32 ? 1e-4 : 1e-13;
    assertThrows(AssertionError.class, () -> numbers.check("wrong", result));
  }

  @ParameterizedTest
  @EnumSource
  void writingBesideTheMatrixIsFound(Precision precision) {
    GemmCase numbers = new GemmCase(new Gemm(precision, 2, 3, 4, false, false, true), 3);
    numbers.run(RIGHT);
    INDArray memory = numbers.c().array();
    memory.putScalar(2, memory.getDouble(2) + 1);
    assertThrows(AssertionError.class, () -> numbers.check("wrong", numbers.result()));
  }

  @Test
  void aLeakOfOnePointerARunIsFound() {
    List<Pointer> leaked = new ArrayList<>();
    try {
      long grown =
          KernelsContract.growth(
              () -> {
                for (int i = 0; i < 50_000; i++) {
                  leaked.add(Pointer.malloc(24));
                }
              });
      assertTrue(grown >= KernelsContract.LEAK, "a leak grew by " + grown + " bytes only");
    } finally {
      leaked.forEach(Pointer::free);
    }
  }
}
