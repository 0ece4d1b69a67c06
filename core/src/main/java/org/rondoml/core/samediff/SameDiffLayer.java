package org.rondoml.core.samediff;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Shape;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.LayerDefectException;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ShapeMismatchException;

/**
 * A layer of which only the forward equation is written, with ND4J's {@link SameDiff}; its
 * gradients come by themselves. The page of this package has a complete one.
 *
 * <p>Like any layer it is pure and stateless: {@link #define} is called once for each shard, shape
 * of the inputs and kind of step, and only builds a graph. What the graph computes is recorded then
 * and run at every step in the same memory. It has one output; the mask of the first input is
 * passed on where {@link #keepsMask} says so.
 *
 * <p>An equation may use all operations that map arrays to arrays. What it can't use is told at the
 * first step, with the layer's class and jar: random numbers of SameDiff's own, which would depend
 * on other runs in the JVM ({@link Terms#uniform} and {@link Terms#normal} don't), variables of its
 * own beside the {@linkplain #parameters parameters}, loops and branches, assignment to variables,
 * and shapes that depend on values.
 *
 * <p>For what it costs see the page of this package.
 */
public abstract class SameDiffLayer implements Layer {
  /** For subclasses. */
  protected SameDiffLayer() {}

  /**
   * The shape of the output for shapes of the inputs, as many as {@link #inputCount} says.
   *
   * @throws ShapeMismatchException where the inputs don't fit
   */
  protected abstract Shape outputShape(List<Shape> inputs);

  /**
   * Writes the equation. Every call writes the same, but for what {@link Terms#training} and the
   * shapes of the inputs say.
   *
   * @param sd the graph to write into
   * @param terms the inputs, parameters, masks and random numbers
   * @return the output, of shape (batch, ...) with the axes of {@link #outputShape}, in the format
   *     of the inputs
   */
  protected abstract SDVariable define(SameDiff sd, Terms terms);

  /** How many inputs the layer takes; one, unless this is overridden. */
  protected int inputCount() {
    return 1;
  }

  @Override
  public final List<Shape> outputShapes(List<Shape> inputs) {
    int expected = inputCount();
    if (inputs.size() != expected) {
      throw new ShapeMismatchException(
          expected == 1
              ? "takes one input, found "
                  + inputs.size()
                  + ": join them first, for example with Concatenate"
              : "takes "
                  + expected
                  + " inputs, found "
                  + inputs.size()
                  + ": name them with from: [...], in their order");
    }
    return List.of(outputShape(inputs));
  }

  @Override
  public final List<INDArray> forward(LayerContext context, List<INDArray> inputs) {
    List<@Nullable Mask> masks = masks(context, inputs.size());
    return List.of(
        programs(context).choose(this, context, inputs, masks).forward(context, inputs, masks));
  }

  @Override
  public final List<INDArray> backward(LayerContext context, List<INDArray> outputGradients) {
    return programs(context).last().backward(context, outputGradients.get(0));
  }

  private static Programs programs(LayerContext context) {
    return context.plan("programs", Programs.class, Programs::new);
  }

  private static List<@Nullable Mask> masks(LayerContext context, int inputs) {
    @Nullable Mask[] masks = new Mask[inputs];
    for (int i = 0; i < inputs; i++) {
      masks[i] = context.mask(i);
    }
    return Arrays.asList(masks);
  }

  /** Where a layer's equation is to blame. */
  final LayerDefectException defect(String message, @Nullable Throwable cause) {
    return new LayerDefectException(getClass(), message, cause);
  }
}
