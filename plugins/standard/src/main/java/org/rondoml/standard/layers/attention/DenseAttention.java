package org.rondoml.standard.layers.attention;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.Cost;
import org.rondoml.core.spi.Layer;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.core.spi.Mask;
import org.rondoml.core.spi.ShapeMismatchException;
import org.rondoml.standard.layers.Rows;

/**
 * Attention without projections: the queries, values and, if other than these, keys are the inputs
 * themselves,
 *
 * <pre>
 * w = softmax(scores of query and key), o_i = sum_j w_ij v_j
 * </pre>
 *
 * <p>with w as {@link AttentionWeights} and o as {@link Attending} have them. The query has the
 * shape (batch, queries, depth), the value (batch, values, width), the key (batch, values, depth);
 * the output (batch, queries, width). A masked value is not seen, the output of a masked query is
 * 0; the key's mask doesn't count. The output has the mask of the query.
 *
 * <p>Source: Keras, {@code keras/src/layers/attention/attention.py}.
 */
abstract class DenseAttention implements Layer {
  private final boolean causal;
  private final double dropout;
  private final @Nullable Long seed;

  DenseAttention(boolean causal, double dropout, @Nullable Long seed) {
    this.causal = causal;
    this.dropout = dropout;
    this.seed = seed;
  }

  /** The scores for some sizes. */
  abstract Scores scores(LayerContext context, AttentionSizes sizes);

  /** The floating-point operations of a score. */
  abstract long flopsOfScore(long depth);

  @Override
  public final List<Shape> outputShapes(List<Shape> inputs) {
    if (inputs.size() != 2 && inputs.size() != 3) {
      throw new ShapeMismatchException(
          "found "
              + inputs.size()
              + (inputs.size() == 1 ? " input" : " inputs")
              + ", expected query and value, or query, value and key: name them beside the layer,"
              + " from: [query, value]");
    }
    for (Shape input : inputs) {
      if (input.rank() != 2 || input.dimension(1) == Shape.UNKNOWN) {
        throw new ShapeMismatchException(
            "found inputs of shapes "
                + inputs
                + ", expected sequences (time, features) with a known number of features");
      }
    }
    Shape query = inputs.get(0);
    Shape value = inputs.get(1);
    Shape key = inputs.get(inputs.size() - 1);
    if (key.dimension(1) != query.dimension(1)) {
      throw new ShapeMismatchException(
          "found a query of shape "
              + query
              + " and a "
              + (inputs.size() == 3 ? "key" : "value, which is the key as well,")
              + " of shape "
              + key
              + ": expected the same number of features");
    }
    if (key.dimension(0) != value.dimension(0)) {
      throw new ShapeMismatchException(
          "found a value of shape "
              + value
              + " and a key of shape "
              + key
              + ": expected the same number of steps");
    }
    return List.of(query.withLast(value.dimension(1)));
  }

  @Override
  public final List<@Nullable Mask> outputMasks(LayerContext context, List<INDArray> inputs) {
    return Collections.singletonList(context.mask(0));
  }

  @Override
  public final Cost cost(List<Shape> inputs) {
    Shape query = inputs.get(0);
    Shape value = inputs.get(1);
    if (!query.isKnown() || !value.isKnown()) {
      return new Cost(0, 0, 0);
    }
    long scores = query.dimension(0) * value.dimension(0);
    long flops = scores * (flopsOfScore(query.dimension(1)) + 2 * value.dimension(1));
    long output = query.dimension(0) * value.dimension(1);
    long gradients = inputs.stream().mapToLong(Shape::size).sum();
    return new Cost(flops, flops, (dropout > 0 ? 4L : 2L) * scores + 2 * output + gradients);
  }

  @Override
  public final List<INDArray> forward(LayerContext context, List<INDArray> inputs) {
    Pass pass = context.plan("pass", Pass.class, () -> new Pass(context, inputs));
    pass.query = pass.take(context, "query", inputs.get(0));
    pass.value = pass.take(context, "value", inputs.get(1));
    pass.key = pass.hasKey ? pass.take(context, "key", inputs.get(2)) : pass.value;
    Memory y = context.dense("y", pass.output);
    Visibility visibility = new Visibility(null, context.mask(1), null, causal, 0);
    pass.attending.forward(pass.query, pass.key, pass.value, y, visibility);
    zeroMasked(context, pass, y);
    return List.of(pass.output);
  }

  /** Sets what belongs to masked queries to 0. */
  private static void zeroMasked(LayerContext context, Pass pass, Memory outputs) {
    Mask mask = context.mask(0);
    if (mask == null) {
      return;
    }
    int queries = pass.sizes.queries();
    int length = pass.sizes.valueDepth();
    for (int i = 0; i < pass.sizes.samples() * queries; i++) {
      if (!mask.isValid(i / queries, i % queries)) {
        outputs.clear((long) i * length, length);
      }
    }
  }

  @Override
  public final List<INDArray> backward(LayerContext context, List<INDArray> outputGradients) {
    Pass pass =
        context.plan(
            "pass",
            Pass.class,
            () -> {
              throw new IllegalStateException("backward before forward");
            });
    Memory dy = pass.gradient(context, outputGradients.get(0));
    zeroMasked(context, pass, dy);
    Memory dQuery = context.dense("dquery", context.scratchLike("dquery", pass.query.array()));
    Memory dKey = context.dense("dkey", context.scratchLike("dkey", pass.key.array()));
    Memory dValue = context.dense("dvalue", context.scratchLike("dvalue", pass.value.array()));
    pass.attending.backward(pass.query, pass.key, pass.value, dy, dQuery, dKey, dValue);
    if (pass.hasKey) {
      return List.of(dQuery.array(), dValue.array(), dKey.array());
    }
    int length = Rows.stretch(dValue.array());
    Vec sum = context.window("dvalue", length);
    Vec more = context.window("dkey", length);
    for (long at = 0; at < dValue.length(); at += length) {
      sum.updates(dValue, at);
      sum.add(sum, more.reads(dKey, at)).done();
    }
    return List.of(dQuery.array(), dValue.array());
  }

  /** The plans, the output, and the inputs on their way to backward. */
  private final class Pass {
    private final AttentionSizes sizes;
    private final Attending attending;
    private final INDArray output;
    private final boolean hasKey;
    private Memory query;
    private Memory value;
    private Memory key;

    Pass(LayerContext context, List<INDArray> inputs) {
      hasKey = inputs.size() == 3;
      query = take(context, "query", inputs.get(0));
      value = take(context, "value", inputs.get(1));
      key = hasKey ? take(context, "key", inputs.get(2)) : value;
      int[] q = size(query);
      int[] v = size(value);
      sizes = new AttentionSizes(q[0], 1, q[1], v[1], q[2], v[2]);
      output = context.scratch("y", q[0], q[1], v[2]);
      attending =
          new Attending(
              context,
              sizes,
              scores(context, sizes),
              new AttentionWeights(context, sizes, Hiding.LOWERED, dropout, seed));
    }

    private static int[] size(Memory memory) {
      return Arrays.stream(memory.array().shape()).mapToInt(Math::toIntExact).toArray();
    }

    /** An input, sample by sample. */
    Memory take(LayerContext context, String name, INDArray input) {
      return context.dense(name, Rows.rowMajor(context, name, input));
    }

    /** The output's gradient, which may be written to where queries are masked. */
    Memory gradient(LayerContext context, INDArray outputGradient) {
      if (context.mask(0) == null) {
        return take(context, "dy", outputGradient);
      }
      INDArray copy = context.scratchLike("dy of unmasked", output);
      copy.assign(outputGradient);
      return context.dense("dy of unmasked", copy);
    }
  }
}
