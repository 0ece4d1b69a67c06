package org.rondoml.dsl.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.rondoml.api.Precision;
import org.rondoml.core.compute.Gemm;
import org.rondoml.core.compute.KernelSelection.Choice;
import org.rondoml.core.compute.Kernels;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.PackedOperand;
import org.rondoml.core.compute.Product;

class ArithmeticTest {
  private record Named(String name) implements Kernels {
    @Override
    public boolean supports(Precision precision) {
      return true;
    }

    @Override
    public Product plan(Gemm gemm) {
      throw new AssertionError("only named");
    }

    @Override
    public PackedOperand plan(Gemm gemm, Memory b, long bOffset) {
      throw new AssertionError("only named");
    }
  }

  @Test
  void whatIsFastIsOnlyNamed() {
    Choice choice = new Choice(new Named("onednn 3.11 (avx2)"), "packed float32 products", false);
    assertEquals(
        "computing with onednn 3.11 (avx2) and the Vector API (256 bits), 1 thread",
        new Arithmetic(choice, "the Vector API (256 bits)", 1).toString());
  }

  @Test
  void whatIsSlowerTellsItsCureInTheSameLine() {
    Choice choice =
        new Choice(new Named("openblas 0.3.31"), "onednn: no such file\nadd its jar", true);
    assertEquals(
        "computing with openblas 0.3.31 (onednn: no such file add its jar) and plain loops (JDK 25 or"
            + " later computes faster), 2 threads",
        new Arithmetic(choice, "plain loops (JDK 25 or later computes faster)", 2).toString());
  }
}
