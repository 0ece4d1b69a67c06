package org.rondoml.standard.layers.merging;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.rondoml.api.Shape;
import org.rondoml.core.compute.Memory;
import org.rondoml.core.compute.Vec;
import org.rondoml.core.spi.LayerContext;
import org.rondoml.standard.layers.Permutation;
import org.rondoml.standard.layers.Rows;

/**
 * The vectors of an input of {@link Dot}, sample by sample and one after the other, normalized
 * where asked for:
 *
 * <pre>
 * a  = x min(1 / |x|, 1 / smallest)
 * dx = (da - a (a · da)) / |x|,  or da / smallest where |x| is smaller
 * </pre>
 */
final class DotVectors {
  private final String name;
  private final double smallest;
  private final Shape shape;
  private final int[] lastAxis;
  private final int count;
  private final int length;
  private @Nullable Memory raw;
  private @Nullable Memory vectors;

  /**
   * The vectors of an input.
   *
   * @param axis the vectors' axis, counted with the batch
   * @param smallest the smallest length of a vector that is normalized; 0 to leave them all as they
   *     are
   */
  DotVectors(String name, INDArray input, int axis, double smallest) {
    this.name = name;
    this.smallest = smallest;
    shape = Rows.sampleShape(input);
    lastAxis =
        IntStream.concat(
                IntStream.range(0, input.rank()).filter(other -> other != axis), IntStream.of(axis))
            .toArray();
    length = Math.toIntExact(input.size(axis));
    count = Math.toIntExact(input.length() / input.size(0) / length);
  }

  Shape shape() {
    return shape;
  }

  /** The vectors of a sample. */
  int count() {
    return count;
  }

  int length() {
    return length;
  }

  /** The elements of a sample. */
  long size() {
    return (long) count * length;
  }

  Memory vectors() {
    return present(vectors);
  }

  private static Memory present(@Nullable Memory memory) {
    if (memory == null) {
      throw new IllegalStateException("backward before forward");
    }
    return memory;
  }

  Memory forward(LayerContext context, INDArray input) {
    INDArray moved = Permutation.of(context, name, lastAxis).forward(context, input);
    Memory x = context.dense(name + " x", Rows.rowMajor(context, name, moved));
    raw = x;
    if (smallest == 0) {
      vectors = x;
      return x;
    }
    Memory a = context.dense(name, context.scratchLike(name, x.array()));
    vectors = a;
    Vec from = context.window(name + " x", length);
    Vec to = context.window(name, length);
    for (long at = 0; at < x.length(); at += length) {
      from.reads(x, at);
      to.writes(a, at).scale(from, scale(from)).done();
    }
    return a;
  }

  private double scale(Vec x) {
    return Math.min(1 / Math.sqrt(x.dot(x)), 1 / smallest);
  }

  /** Where the gradients of the vectors are put. */
  Memory gradient(LayerContext context) {
    return context.dense("d" + name, context.scratchLike("d" + name, vectors().array()));
  }

  /** The gradient of the input from that of the vectors. */
  INDArray backward(LayerContext context) {
    Memory da = gradient(context);
    if (smallest > 0) {
      Memory x = present(raw);
      Vec from = context.window(name + " x", length);
      Vec normal = context.window(name, length);
      Vec gradient = context.window("d" + name, length);
      for (long at = 0; at < da.length(); at += length) {
        double scale = scale(from.reads(x, at));
        gradient.updates(da, at);
        if (scale < 1 / smallest) {
          normal.reads(vectors(), at);
          gradient.addScaled(normal, -normal.dot(gradient));
        }
        gradient.scale(gradient, scale).done();
      }
    }
    return Permutation.of(context, name, lastAxis).backward(context, da.array());
  }
}
