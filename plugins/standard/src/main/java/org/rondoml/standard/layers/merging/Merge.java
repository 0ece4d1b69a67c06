package org.rondoml.standard.layers.merging;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Semantics;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.layers.Kept;

/**
 * A layer that computes each element of its output from the elements at the same place of all
 * inputs. Inputs with fewer axes get axes of size 1 after the batch; along an axis of size 1 the
 * same element is used again:
 *
 * <pre>
 * y    = f(x_1, ..., x_n)
 * dx_i = sum of dy · df / dx_i over the axes along which x_i was used again
 * </pre>
 *
 * <p>The output's mask is, in keras3, what counts in any input, if all have masks, and none
 * otherwise; in tf1 and tf2 what counts in all inputs that have masks.
 *
 * <p>Source: Keras, {@code keras/src/layers/merging/base_merge.py}.
 */
abstract class Merge implements Layer {
  private final Semantics semantics;

  Merge(Semantics semantics) {
    this.semantics = semantics;
  }

  final Semantics semantics() {
    return semantics;
  }

  /** y from the inputs, for some elements. */
  abstract void merge(List<Vec> x, Vec y);

  /** The gradient of the i-th of the inputs, for some elements. */
  abstract void gradient(int i, List<Vec> x, Vec dy, Vec dx);

  /**
   * What a step counts as that is masked in all inputs, where keras3 leaves out masked inputs; null
   * for a layer that takes them all.
   */
  @Nullable WhenAllAreMasked whenAllAreMasked() {
    return null;
  }

  /** What a step counts as that is masked in all inputs. */
  enum WhenAllAreMasked {
    /** Zeros. */
    ZEROS,
    /** The first input's. */
    FIRST
  }

  /** Checks the number of inputs. */
  void checkCount(int count) {
    if (count < 2) {
      throw new ShapeMismatchException(
          "found "
              + count
              + " input, expected two or more: name them beside the layer, from: [a, b]");
    }
  }

  @Override
  public final List<Shape> outputShapes(List<Shape> inputs) {
    checkCount(inputs.size());
    Shape output = inputs.get(0);
    for (Shape input : inputs) {
      output = common(output, input, inputs);
    }
    return List.of(output);
  }

  private static Shape common(Shape a, Shape b, List<Shape> inputs) {
    Shape longer = a.rank() < b.rank() ? b : a;
    Shape shorter = a.rank() < b.rank() ? a : b;
    List<Long> sizes = new ArrayList<>(longer.dimensions());
    int missing = longer.rank() - shorter.rank();
    for (int axis = missing; axis < sizes.size(); axis++) {
      long one = longer.dimension(axis);
      long other = shorter.dimension(axis - missing);
      if (one != other && one > 1 && other > 1) {
        throw new ShapeMismatchException(
            "found inputs of shapes "
                + inputs
                + ", of which "
                + one
                + " and "
                + other
                + " don't fit each other: expected the same sizes, or 1, counted from the last");
      }
      long known = Math.max(one, other);
      boolean either = one == Shape.UNKNOWN || other == Shape.UNKNOWN;
      sizes.set(axis, either && known <= 1 ? Shape.UNKNOWN : known);
    }
    return new Shape(sizes);
  }

  /** The output and the gradients of the inputs. */
  @Override
  public Cost cost(List<Shape> inputs) {
    List<Shape> all = new ArrayList<>(inputs);
    all.addAll(outputShapes(inputs));
    return new Cost(0, 0, all.stream().filter(Shape::isKnown).mapToLong(Shape::size).sum());
  }

  @Override
  public final List<@Nullable Mask> outputMasks(LayerContext context, List<INDArray> inputs) {
    List<@Nullable Mask> masks = masks(context, inputs.size());
    return Collections.singletonList(
        semantics == Semantics.KERAS3 ? MergedMask.any(masks) : MergedMask.all(masks));
  }

  private static List<@Nullable Mask> masks(LayerContext context, int count) {
    List<@Nullable Mask> masks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      masks.add(context.mask(i));
    }
    return masks;
  }

  @Override
  public final List<INDArray> forward(LayerContext context, List<INDArray> inputs) {
    Pass pass = begin(context, inputs);
    Memory y = context.dense("y", pass.output());
    Vec out = context.window("y", pass.length());
    for (int row = 0; row < pass.rows(); row++) {
      out.writes(y, (long) row * pass.length());
      List<Vec> x = pass.inputs(row);
      if (x.isEmpty()) {
        out.fill(0);
      } else {
        merge(x, out);
      }
      out.done();
    }
    return List.of(pass.output());
  }

  private Pass begin(LayerContext context, List<INDArray> inputs) {
    List<@Nullable Mask> masks = masks(context, inputs.size());
    WhenAllAreMasked otherwise = whenAllAreMasked();
    boolean leavesOut =
        semantics == Semantics.KERAS3
            && otherwise != null
            && masks.stream().anyMatch(mask -> mask != null);
    Pass pass =
        context
            .plan(leavesOut ? "masked pass" : "pass", KeptPass.class, KeptPass::new)
            .of(inputs, () -> new Pass(context, inputs, leavesOut));
    pass.begin(context, inputs, masks, otherwise == WhenAllAreMasked.FIRST);
    context.plan("latest", Latest.class, Latest::new).pass = pass;
    return pass;
  }

  @Override
  public List<INDArray> backward(LayerContext context, List<INDArray> outputGradients) {
    Pass pass = latest(context);
    Memory dy = pass.beginBackward(context, outputGradients.get(0));
    Vec given = context.window("dy", pass.length());
    Vec dx = context.vec("dx", pass.length());
    for (int row = 0; row < pass.rows(); row++) {
      given.reads(dy, (long) row * pass.length());
      List<Vec> x = pass.inputs(row);
      for (int i = 0; i < x.size(); i++) {
        if (context.needsInputGradient(pass.input(i))) {
          gradient(i, x, given, dx);
          pass.addGradient(i, row, dx);
        }
      }
    }
    return pass.inputGradients();
  }

  static Pass latest(LayerContext context) {
    Pass pass = context.plan("latest", Latest.class, Latest::new).pass;
    if (pass == null) {
      throw new IllegalStateException("backward before forward");
    }
    return pass;
  }

  private static final class KeptPass extends Kept<Pass> {}

  /** The pass of the latest forward. */
  private static final class Latest {
    private @Nullable Pass pass;
  }
}
