package org.rondoml.standard.samediff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.rondoml.api.Precision;
import org.rondoml.api.Shape;
import org.rondoml.api.UsageException;
import org.rondoml.core.engine.LayerRunner;
import org.rondoml.core.spi.LayerDefectException;
import org.rondoml.standard.layers.Layers;
import org.rondoml.tck.ReferenceKernels;

/** What is wrong with an equation is told at the first step, by the layer's class. */
class DefectsTest {
  private static final INDArray X =
      Nd4j.createFromArray(new double[][] {{1, -2, 3, 4}, {0.5, 1, -1, 2}});

  private static void assertDefect(String message, WrittenOut layer) {
    LayerRunner runner = Layers.runner(layer, X);
    UsageException failure =
        assertThrows(UsageException.class, () -> runner.forward(List.of(X), true, 0));
    LayerDefectException defect = assertInstanceOf(LayerDefectException.class, failure.getCause());
    assertEquals(message, defect.getMessage());
    assertEquals(WrittenOut.class, defect.layer());
    String whole = String.valueOf(failure.getMessage());
    assertTrue(
        whole.startsWith("layer 'layer': a defect in org.rondoml.standard.samediff.WrittenOut of "),
        whole);
    assertTrue(whole.endsWith(": " + message), whole);
  }

  @Test
  void anotherShapeThanAnnounced() {
    assertDefect(
        "its equation gives an output (batch, ...) of shape [2, 4], expected [2, 5]: correct the"
            + " equation, or the shape that is announced",
        WrittenOut.to(input -> Shape.of(5), (sd, terms) -> terms.input()));
  }

  @Test
  void anotherFormat() {
    assertDefect(
        "its equation gives an output (batch, ...) in the format FLOAT, expected DOUBLE, that of"
            + " the inputs: castTo(terms.input().dataType()) gives it",
        WrittenOut.of((sd, terms) -> terms.input().castTo(DataType.FLOAT)));
  }

  @Test
  void aParameterThatIsNotUsed() {
    assertDefect(
        "its equation doesn't use the parameter 'bias': use it, or leave it out of parameters()",
        WrittenOut.of((sd, terms) -> terms.input().mul(terms.parameter("gain")))
            .with("gain", input -> input)
            .with("bias", input -> input));
  }

  @Test
  void aParameterThatIsNotDeclared() {
    assertDefect(
        "its equation threw java.lang.IllegalArgumentException: no parameter 'kernel' among [gain]:"
            + " parameters() declares them",
        WrittenOut.of((sd, terms) -> terms.input().mul(terms.parameter("kernel")))
            .with("gain", input -> input));
  }

  @Test
  void operationsWithoutGradient() {
    assertDefect(
        "the parameter 'gain' reaches the output only through the operation argmax, which has no"
            + " gradient: write the equation with operations that have one",
        WrittenOut.of(
                (sd, terms) ->
                    terms.input().mul(terms.parameter("gain").argmax(0).castTo(DataType.DOUBLE)))
            .with("gain", input -> input));
    assertDefect(
        "the operation svd of its equation has no gradient: write it with operations that have one",
        WrittenOut.of(
            (sd, terms) -> terms.input().mul(sd.linalg().svd(terms.input(), false, false).sum())));
  }

  @Test
  void anExceptionInTheEquation() {
    assertDefect(
        "its equation threw java.lang.IllegalStateException: not today",
        WrittenOut.of(
            (sd, terms) -> {
              throw new IllegalStateException("not today");
            }));
  }

  @Test
  void noOutput() {
    assertDefect(
        "its equation gave null, expected a variable of the graph that it was handed",
        WrittenOut.of((sd, terms) -> null));
    assertDefect(
        "its equation gave a variable of another graph, expected a variable of the graph that it"
            + " was handed",
        WrittenOut.of((sd, terms) -> SameDiff.create().constant(1.0)));
  }

  /** ND4J 1.0.0-M2.1 has no norm along an axis of one element. */
  @Test
  void whatCanNotBeComputed() {
    assertDefect(
        "its equation can't be computed: the operation reduce_norm2 fails on reduce_sum (DOUBLE [2,"
            + " 1])",
        WrittenOut.of((sd, terms) -> terms.input().mul(terms.input().sum(true, 1).norm2(true, 1))));
  }

  @Test
  void randomNumbersOfSameDiffsOwn() {
    String refusal =
        ", which would depend on what else runs in the JVM: take them from terms.uniform or"
            + " terms.normal";
    assertDefect(
        "its equation draws random numbers with the operation distribution_uniform" + refusal,
        WrittenOut.of(
            (sd, terms) -> terms.input().mul(sd.random().uniform(0, 1, DataType.DOUBLE, 2, 4))));
    assertDefect(
        "its equation draws random numbers with the operation dropout" + refusal,
        WrittenOut.of((sd, terms) -> sd.nn().dropout(terms.input(), 0.5)));
  }

  @Test
  void variablesOfItsOwn() {
    assertDefect(
        "its equation makes the variable 'w', expected none: declare what is learned in"
            + " parameters(), and make what stays as it is with sd.constant",
        WrittenOut.of((sd, terms) -> terms.input().mul(sd.var("w", DataType.DOUBLE, 4))));
    assertDefect(
        "its equation makes the placeholder 'w', which nothing is put into: what comes in from"
            + " outside are the terms",
        WrittenOut.of((sd, terms) -> terms.input().mul(sd.placeHolder("w", DataType.DOUBLE, 4))));
  }

  @Test
  void loopsBranchesAndAssignments() {
    String expected =
        ", expected operations that make new arrays from arrays: no loop, branch, tensor array, view"
            + " or assignment (mask * a + (1 - mask) * b chooses between a and b)";
    assertDefect(
        "its equation has the operation switch" + expected,
        WrittenOut.of(
            (sd, terms) ->
                sd.ifCond(
                    graph -> terms.input().sum().gt(0),
                    graph -> terms.input(),
                    graph -> terms.input().neg())));
    assertDefect(
        "its equation has the operation assign" + expected,
        WrittenOut.of((sd, terms) -> sd.assign(terms.input(), terms.input().mul(2))));
  }

  @Test
  void shapesThatDependOnNumbers() {
    assertDefect(
        "the shape of what the operation Where of its equation gives depends on the numbers,"
            + " expected one that is always the same: multiply by a mask instead of choosing"
            + " elements",
        WrittenOut.of(
            (sd, terms) ->
                terms.input().mul(sd.where(terms.input().gt(0)).castTo(DataType.DOUBLE).sum())));
  }

  @Test
  void bothPrecisionsAreChecked() {
    INDArray x = X.castTo(Precision.FLOAT32.dataType());
    LayerRunner runner =
        new LayerRunner(
            WrittenOut.of((sd, terms) -> terms.input().castTo(DataType.DOUBLE)),
            List.of(Shape.of(4)),
            2,
            Precision.FLOAT32,
            new ReferenceKernels(),
            1);
    assertTrue(
        String.valueOf(
                assertThrows(UsageException.class, () -> runner.forward(List.of(x), true, 0))
                    .getMessage())
            .contains("in the format DOUBLE, expected FLOAT"));
  }
}
