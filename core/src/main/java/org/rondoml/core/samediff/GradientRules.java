package org.rondoml.core.samediff;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.impl.transforms.custom.Max;
import org.nd4j.linalg.api.ops.impl.transforms.custom.Min;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.DivOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.RDivOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.SquaredDifferenceOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.bp.MulBpOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.bp.SubBpOp;

/** The gradients of operations: SameDiff's, but where those of 1.0.0-M2.1 are wrong. */
final class GradientRules {
  private GradientRules() {}

  /** The gradients of an operation's inputs from those of its outputs. */
  static @Nullable List<SDVariable> differentiate(
      SameDiff sd, DifferentialFunction operation, List<@Nullable SDVariable> ofOutputs) {
    SDVariable gradient = ofOutputs.get(0);
    if (gradient == null || operation.args().length != 2) {
      return operation.doDiff(ofOutputs);
    }
    SDVariable x = operation.arg(0);
    SDVariable y = operation.arg(1);
    if (operation instanceof DivOp) {
      return ofQuotient(sd, x, y, gradient);
    }
    if (operation instanceof RDivOp) {
      List<SDVariable> reversed = ofQuotient(sd, y, x, gradient);
      return List.of(reversed.get(1), reversed.get(0));
    }
    if (operation instanceof Max) {
      return ofChoice(sd, x, y, x.gte(y), gradient);
    }
    if (operation instanceof Min) {
      return ofChoice(sd, x, y, x.lte(y), gradient);
    }
    if (operation instanceof SquaredDifferenceOp) {
      SDVariable twice = x.sub(y).mul(2).mul(gradient);
      return List.of(new SubBpOp(sd, x, y, twice).outputVariables());
    }
    return operation.doDiff(ofOutputs);
  }

  /**
   * Of x / y as x · r with r = 1 / y. SameDiff's own, divide_bp, takes sum(g) · sum(x) for sum(g ·
   * x) where y has a single element.
   */
  private static List<SDVariable> ofQuotient(
      SameDiff sd, SDVariable x, SDVariable y, SDVariable gradient) {
    SDVariable r = y.rdiv(1);
    SDVariable[] ofFactors = new MulBpOp(sd, x, r, gradient).outputVariables();
    return List.of(ofFactors[0], ofFactors[1].neg().mul(r).mul(r));
  }

  /**
   * Of the elements of x where a condition holds, else of y; where both are equal of x, as in
   * TensorFlow. SameDiff's own, maximum_bp and minimum_bp, give y no gradient where it is spread
   * over several rows.
   */
  private static List<SDVariable> ofChoice(
      SameDiff sd, SDVariable x, SDVariable y, SDVariable isX, SDVariable gradient) {
    SDVariable ofX = isX.castTo(gradient.dataType());
    SDVariable ofY = ofX.rsub(1);
    return List.of(
        new MulBpOp(sd, x, ofX, gradient).outputVariables()[0],
        new MulBpOp(sd, y, ofY, gradient).outputVariables()[0]);
  }
}
